namespace HaoSuan.Distributors;

/// <summary>
/// Asks the service, where this installation has one, about everybody who has applied or joined and was checked here alone. Without an answer he stays so,
/// and is asked about again: after as long as he has waited so far, six hours at most.
/// </summary>
internal sealed class CheckNames(Db db, Vault vault, Audit audit, TimeProvider time, TencentIdCheck? service = null) : IRecurring
{
    private const int Most = 50;

    private static readonly TimeSpan Soonest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Latest = TimeSpan.FromHours(6);

    public async Task RunAsync(CancellationToken cancel)
    {
        if (service is null) return;
        var now = (Instant?)time.Now;
        var waiting = await db.Joinings.AsNoTracking()
            .Where(j => j.CheckedBy == NameCheck.Local && (j.State == JoiningState.Applied || j.State == JoiningState.Approved)
                && (j.CheckAt == null || j.CheckAt <= now))
            .OrderByDescending(j => j.State == JoiningState.Applied).ThenBy(j => j.AppliedAt).Take(Most).ToListAsync(cancel);
        foreach (var row in waiting) await CheckAsync(service, row, cancel);
    }

    private async Task CheckAsync(TencentIdCheck asked, JoiningRow applied, CancellationToken cancel)
    {
        // No transaction is held while the service thinks.
        var name = await vault.RevealAsync(applied.NameId!.Value, "check the applicant's identity", cancel);
        var idNumber = await vault.RevealAsync(applied.IdNumberId!.Value, "check the applicant's identity", cancel);
        var found = await asked.AskAsync(name, idNumber, cancel);
        await db.InTransaction(async () =>
        {
            var row = await db.Joinings.Where(j => j.Code == applied.Code).ForUpdate().FirstOrDefaultAsync(cancel);
            if (row is not { State: JoiningState.Applied or JoiningState.Approved, CheckedBy: NameCheck.Local }) return;
            if (found is not { } verdict)
            {
                var waited = time.Now - applied.AppliedAt!.Value;
                row.CheckAt = time.Now + (waited < Soonest ? Soonest : waited > Latest ? Latest : waited);
                return;
            }
            (row.CheckedBy, row.CheckAt) = (verdict, time.Now);
            audit.Record("joining.name_checked", $"joining:{row.Code}", $"{verdict}");
        }, cancel);
    }
}
