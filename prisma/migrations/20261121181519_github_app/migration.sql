-- AlterTable
ALTER TABLE "GithubConnection" ADD COLUMN     "installationId" TEXT,
ALTER COLUMN "sealedToken" DROP NOT NULL;
