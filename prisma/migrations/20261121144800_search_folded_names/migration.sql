-- The directory finds names without regard to accents, so the folded name is what its trigrams must be of.

-- DropIndex
DROP INDEX "directory_name_trgm";

-- CreateIndex
CREATE INDEX "directory_name_key_trgm" ON "DirectoryEntry" USING GIN ("nameKey" gin_trgm_ops);
