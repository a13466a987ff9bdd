-- AlterTable
ALTER TABLE "Company" ADD COLUMN     "webhookFinding" TEXT,
ADD COLUMN     "webhookSecret" TEXT,
ADD COLUMN     "webhookUrl" TEXT;
