-- AlterTable
ALTER TABLE "Company" ADD COLUMN     "ownAccounts" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "railPreference" TEXT[] DEFAULT ARRAY[]::TEXT[];
