// Makes two keys as somebody would in the console, and prints what the import needs to know of them.
const { BACKEND_URL = "https://platform-api.aixplain.com", AIXPLAIN_API_KEY = "" } = process.env;

async function make(key) {
  const answer = await fetch(`${BACKEND_URL}/sdk/api-keys`, {
    method: "POST",
    headers: { "x-api-key": AIXPLAIN_API_KEY, "content-type": "application/json" },
    body: JSON.stringify(key),
  });
  if (!answer.ok) throw new Error(`${key.name}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const search = await make({ name: "search", budget: 200, globalLimits: { rpm: 60 } });
const indexer = await make({ name: "indexer", budget: 50 });
process.stdout.write(`export INDEXER_ID=${indexer.id}\n`);
process.stdout.write(`export AIXPLAIN_ACCESS_KEYS=${search.accessKey},${indexer.accessKey}\n`);
