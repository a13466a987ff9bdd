/**
 * Asks the run's desk for one more migrated, empty database and returns its address.
 */
export async function newDatabase(desk: string): Promise<string> {
  const answer = await fetch(desk);
  if (!answer.ok) throw new Error(`No test database: ${await answer.text()}`);
  return answer.text();
}
