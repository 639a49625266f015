-- CreateTable
CREATE TABLE "file" (
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "content_type" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "file_pkey" PRIMARY KEY ("project_id","run_id","path")
);

-- CreateTable
CREATE TABLE "run_file_totals" (
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "files" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "run_file_totals_pkey" PRIMARY KEY ("project_id","run_id")
);

-- CreateTable
CREATE TABLE "blob" (
    "project_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "object_id" UUID NOT NULL,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "blob_pkey" PRIMARY KEY ("project_id","sha256")
);

-- CreateTable
CREATE TABLE "upload" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "expected_sha256" TEXT,
    "content_type" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "received_sha256" TEXT,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "upload_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "stray_object" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "condemned" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "stray_object_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "server_secret" (
    "name" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "server_secret_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "file_project_id_sha256_idx" ON "file"("project_id", "sha256");

-- CreateIndex
CREATE INDEX "upload_project_id_run_id_idx" ON "upload"("project_id", "run_id");

-- CreateIndex
CREATE INDEX "upload_project_id_received_sha256_idx" ON "upload"("project_id", "received_sha256");

-- CreateIndex
CREATE INDEX "upload_expires_at_idx" ON "upload"("expires_at");

-- CreateIndex
CREATE INDEX "stray_object_lease_until_idx" ON "stray_object"("lease_until");

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "run"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_project_id_sha256_fkey" FOREIGN KEY ("project_id", "sha256") REFERENCES "blob"("project_id", "sha256") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run_file_totals" ADD CONSTRAINT "run_file_totals_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "run"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "run"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_project_id_received_sha256_fkey" FOREIGN KEY ("project_id", "received_sha256") REFERENCES "blob"("project_id", "sha256") ON DELETE NO ACTION ON UPDATE NO ACTION;


-- What Prisma has no words for.
ALTER TABLE "file" ADD CONSTRAINT "file_size_check" CHECK ("size" >= 0);
ALTER TABLE "run_file_totals" ADD CONSTRAINT "run_file_totals_check" CHECK ("files" >= 0 AND "bytes" >= 0);
ALTER TABLE "blob" ADD CONSTRAINT "blob_check" CHECK ("size" >= 0 AND "sha256" ~ '^[0-9a-f]{64}$');
ALTER TABLE "upload" ADD CONSTRAINT "upload_size_check" CHECK ("size" >= 0);

ALTER TABLE "file" ALTER COLUMN "path" TYPE TEXT COLLATE "C", ALTER COLUMN "sha256" TYPE TEXT COLLATE "C", ALTER COLUMN "content_type" TYPE TEXT COLLATE "C";
ALTER TABLE "blob" ALTER COLUMN "sha256" TYPE TEXT COLLATE "C";
ALTER TABLE "upload" ALTER COLUMN "path" TYPE TEXT COLLATE "C", ALTER COLUMN "received_sha256" TYPE TEXT COLLATE "C";
