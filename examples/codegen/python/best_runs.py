import asyncio
import os
import sys

from summa_client import Summa


async def main(entity: str, project: str) -> None:
    headers = {"authorization": f"Bearer {os.environ['SUMMA_API_KEY']}"}
    async with Summa(url=f"{os.environ['SUMMA_URL']}/graphql", headers=headers) as summa:
        best = await summa.best_runs(entity=entity, project=project)
        for run in best.project.runs.nodes if best.project else []:
            loss = run.summary.metric
            if loss:
                print(run.name, run.state.value, loss.min, loss.min_step, loss.mean)


asyncio.run(main(*sys.argv[1:]))
