-- CreateTable
CREATE TABLE "run_line_chunk" (
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "chunk" INTEGER NOT NULL,
    "lines" TEXT NOT NULL,

    CONSTRAINT "run_line_chunk_pkey" PRIMARY KEY ("project_id","run_id","stream","chunk")
);

-- CreateTable
CREATE TABLE "wandb_run" (
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "summary" TEXT,
    "explained" TEXT NOT NULL DEFAULT '{}',
    "wandb_config" TEXT NOT NULL DEFAULT '{}',
    "config_keys" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "attributes" TEXT NOT NULL DEFAULT '{}',
    "stop_requested" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "wandb_run_pkey" PRIMARY KEY ("project_id","run_id")
);

-- AddForeignKey
ALTER TABLE "run_line_chunk" ADD CONSTRAINT "run_line_chunk_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "run"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "wandb_run" ADD CONSTRAINT "wandb_run_project_id_run_id_fkey" FOREIGN KEY ("project_id", "run_id") REFERENCES "run"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- By hand
ALTER TABLE "run_line_chunk" ADD CONSTRAINT "run_line_chunk_chunk_check" CHECK ("chunk" >= 0);
ALTER TABLE "run_line_chunk" ALTER COLUMN "stream" TYPE TEXT COLLATE "C";
