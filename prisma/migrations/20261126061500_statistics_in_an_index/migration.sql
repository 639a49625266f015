-- Runs are put in the order of any statistic of a metric, and grouped and filtered by it, from this index alone: each run's field lies on
-- another page of the table.
-- DropIndex
DROP INDEX "run_field_max";

-- CreateIndex
CREATE INDEX "run_field_max" ON "run_field"("project_id", "section", "key_id", "max", "run_id", "last", "first", "mean", "sum", "variance", "best", "count", "nan_count");

-- Written by hand. While Postgres has no statistics of the table, in the first minute of a project, several indexes seem equally good for the
-- field of one run under one key, and it takes the youngest: that has to be the one that leads there.
ALTER TABLE "run_field" DROP CONSTRAINT "run_field_pkey", ADD CONSTRAINT "run_field_pkey" PRIMARY KEY ("project_id", "section", "key_id", "run_id");
