-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "email" TEXT,
    "administrator" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entity" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "entity_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("entity_id","user_id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_name" (
    "entity_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "project_id" UUID NOT NULL,

    CONSTRAINT "project_name_pkey" PRIMARY KEY ("entity_id","name")
);

-- CreateTable
CREATE TABLE "project" (
    "id" UUID NOT NULL,
    "entity_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "visibility" TEXT NOT NULL DEFAULT 'private',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "exit_code" INTEGER,
    "user_id" UUID NOT NULL,
    "group" TEXT,
    "job_type" TEXT,
    "tags" TEXT[],
    "notes" TEXT NOT NULL DEFAULT '',
    "config" TEXT NOT NULL DEFAULT '{}',
    "metadata" TEXT NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "run_summary" (
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 0,
    "edit_revision" INTEGER NOT NULL DEFAULT 0,
    "row_count" BIGINT NOT NULL DEFAULT 0,
    "last_step" BIGINT,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "state" BYTEA NOT NULL,
    "state_seq" INTEGER NOT NULL DEFAULT 0,
    "explicit" TEXT NOT NULL DEFAULT '[]',
    "field_revision" BIGINT NOT NULL DEFAULT 0,
    "fields_stale" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "run_summary_pkey" PRIMARY KEY ("project_id","run_id")
);

-- CreateTable
CREATE TABLE "summary_revision" (
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "user_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "summary_revision_pkey" PRIMARY KEY ("project_id","run_id","revision","path")
);

-- CreateTable
CREATE TABLE "metric_definition" (
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "summary" TEXT[],
    "goal" TEXT,
    "step_metric" TEXT,
    "step_sync" BOOLEAN,
    "hidden" BOOLEAN,
    "overwrite" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "metric_definition_pkey" PRIMARY KEY ("project_id","run_id","position")
);

-- CreateTable
CREATE TABLE "metric_key" (
    "project_id" UUID NOT NULL,
    "id" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "metric_key_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "run_field" (
    "project_id" UUID NOT NULL,
    "section" TEXT NOT NULL,
    "key_id" INTEGER NOT NULL,
    "run_id" UUID NOT NULL,
    "number" DOUBLE PRECISION,
    "text" TEXT,
    "boolean" BOOLEAN,
    "last" DOUBLE PRECISION,
    "first" DOUBLE PRECISION,
    "min" DOUBLE PRECISION,
    "max" DOUBLE PRECISION,
    "mean" DOUBLE PRECISION,
    "sum" DOUBLE PRECISION,
    "variance" DOUBLE PRECISION,
    "best" DOUBLE PRECISION,
    "count" BIGINT,
    "nan_count" BIGINT,

    CONSTRAINT "run_field_pkey" PRIMARY KEY ("project_id","section","key_id","run_id")
);

-- CreateTable
CREATE TABLE "history_segment" (
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "row_count" INTEGER NOT NULL,
    "first_step" BIGINT NOT NULL,
    "last_step" BIGINT NOT NULL,
    "body" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "history_segment_pkey" PRIMARY KEY ("project_id","run_id","seq")
);

-- CreateTable
CREATE TABLE "history_chunk" (
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "key_id" INTEGER NOT NULL,
    "first_step" BIGINT NOT NULL,
    "last_step" BIGINT NOT NULL,
    "count" INTEGER NOT NULL,
    "stats" BYTEA NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "history_chunk_pkey" PRIMARY KEY ("project_id","run_id","key_id","first_step")
);

-- CreateTable
CREATE TABLE "run_writer" (
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "writer" TEXT NOT NULL,
    "accepted_rows" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "run_writer_pkey" PRIMARY KEY ("project_id","run_id","writer")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_name_key" ON "user"("name");

-- CreateIndex
CREATE UNIQUE INDEX "entity_name_key" ON "entity"("name");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE INDEX "api_key_user_id_idx" ON "api_key"("user_id");

-- CreateIndex
CREATE INDEX "project_entity_id_name_idx" ON "project"("entity_id", "name");

-- CreateIndex
CREATE INDEX "run_project_id_created_at_id_idx" ON "run"("project_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "run_running" ON "run"("project_id", "id") WHERE ("state" = 'running');

-- CreateIndex
CREATE UNIQUE INDEX "run_project_id_name_key" ON "run"("project_id", "name");

-- CreateIndex
CREATE INDEX "run_summary_stale" ON "run_summary"("project_id", "run_id") WHERE ("fields_stale" = true);

-- CreateIndex
CREATE UNIQUE INDEX "metric_key_project_id_section_key_key" ON "metric_key"("project_id", "section", "key");

-- CreateIndex
CREATE INDEX "run_field_number" ON "run_field"("project_id", "section", "key_id", "number", "run_id");

-- CreateIndex
CREATE INDEX "run_field_min" ON "run_field"("project_id", "section", "key_id", "min", "run_id");

-- CreateIndex
CREATE INDEX "run_field_max" ON "run_field"("project_id", "section", "key_id", "max", "run_id");

-- CreateIndex
CREATE INDEX "run_field_run" ON "run_field"("project_id", "run_id");

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_entity_id_fkey" FOREIGN KEY ("entity_id") REFERENCES "entity"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run_summary" ADD CONSTRAINT "run_summary_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "run"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "summary_revision" ADD CONSTRAINT "summary_revision_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "run"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "metric_definition" ADD CONSTRAINT "metric_definition_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "run"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "metric_key" ADD CONSTRAINT "metric_key_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run_field" ADD CONSTRAINT "run_field_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "run"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "history_segment" ADD CONSTRAINT "history_segment_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "run"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "history_chunk" ADD CONSTRAINT "history_chunk_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "run"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run_writer" ADD CONSTRAINT "run_writer_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "run"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;


-- What follows is written by hand: Prisma has no words for it, and does not see it when it compares.

-- The words that a text column may hold.
ALTER TABLE "entity" ADD CONSTRAINT "entity_kind_check" CHECK ("kind" IN ('user', 'team'));
ALTER TABLE "membership" ADD CONSTRAINT "membership_role_check" CHECK ("role" IN ('owner', 'writer', 'reader'));
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_scopes_check" CHECK ("scopes" <@ ARRAY['ingest', 'read', 'admin']);
ALTER TABLE "project" ADD CONSTRAINT "project_visibility_check" CHECK ("visibility" IN ('private', 'public'));
ALTER TABLE "run" ADD CONSTRAINT "run_state_check" CHECK ("state" IN ('running', 'finished', 'failed', 'crashed'));
ALTER TABLE "summary_revision" ADD CONSTRAINT "summary_revision_cause_check" CHECK ("cause" IN ('set', 'delete', 'clear', 'log'));
ALTER TABLE "metric_definition" ADD CONSTRAINT "metric_definition_goal_check" CHECK ("goal" IN ('minimize', 'maximize'));
ALTER TABLE "metric_key" ADD CONSTRAINT "metric_key_section_check" CHECK ("section" IN ('config', 'summary'));
ALTER TABLE "metric_key" ADD CONSTRAINT "metric_key_kind_check" CHECK ("kind" IN ('number', 'text', 'boolean', 'list', 'object'));
ALTER TABLE "run_field" ADD CONSTRAINT "run_field_section_check" CHECK ("section" IN ('config', 'summary'));

-- Steps and counts that no correct writer can produce.
ALTER TABLE "history_segment" ADD CONSTRAINT "history_segment_rows_check" CHECK ("row_count" > 0 AND 0 <= "first_step" AND "first_step" <= "last_step");
ALTER TABLE "history_chunk" ADD CONSTRAINT "history_chunk_rows_check" CHECK ("count" > 0 AND 0 <= "first_step" AND "first_step" <= "last_step");
ALTER TABLE "run_writer" ADD CONSTRAINT "run_writer_accepted_rows_check" CHECK ("accepted_rows" >= 0);

-- Text that people sort by, or that is searched by its beginning, is ordered by its bytes, the same on every machine.
ALTER TABLE "user" ALTER COLUMN "name" TYPE TEXT COLLATE "C";
ALTER TABLE "entity" ALTER COLUMN "name" TYPE TEXT COLLATE "C";
ALTER TABLE "project" ALTER COLUMN "name" TYPE TEXT COLLATE "C";
ALTER TABLE "project_name" ALTER COLUMN "name" TYPE TEXT COLLATE "C";
ALTER TABLE "run" ALTER COLUMN "name" TYPE TEXT COLLATE "C", ALTER COLUMN "display_name" TYPE TEXT COLLATE "C", ALTER COLUMN "group" TYPE TEXT COLLATE "C", ALTER COLUMN "job_type" TYPE TEXT COLLATE "C";
ALTER TABLE "metric_key" ALTER COLUMN "key" TYPE TEXT COLLATE "C";
ALTER TABLE "run_field" ALTER COLUMN "text" TYPE TEXT COLLATE "C";
ALTER TABLE "summary_revision" ALTER COLUMN "path" TYPE TEXT COLLATE "C";

-- Bodies are compact already: another compression would only cost time.
ALTER TABLE "history_segment" ALTER COLUMN "body" SET STORAGE EXTERNAL;
ALTER TABLE "history_chunk" ALTER COLUMN "body" SET STORAGE EXTERNAL, ALTER COLUMN "stats" SET STORAGE EXTERNAL;
ALTER TABLE "run_summary" ALTER COLUMN "state" SET STORAGE EXTERNAL;

-- Rows that every append rewrites keep room beside them, so that no index has to change.
ALTER TABLE "run_summary" SET (fillfactor = 50);
ALTER TABLE "run_writer" SET (fillfactor = 50);
