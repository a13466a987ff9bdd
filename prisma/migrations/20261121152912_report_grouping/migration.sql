-- AlterTable
ALTER TABLE "ReportDraft" ADD COLUMN     "groupBelowCents" BIGINT;
