-- Runs are found by a text of their config without a look at each of them. What an entry of an index may have is bounded.
-- CreateIndex
CREATE INDEX "run_field_text" ON "run_field"("project_id", "section", "key_id", "text", "run_id") WHERE (octet_length(text) <= 256);
