namespace HaoSuan.Distributors;

/// <summary>
/// Forgets who has applied and was refused: after ninety days nothing needs his data any more (个人信息保护法 §19, §47). What stays is that
/// there was an application, and why it was refused.
/// </summary>
internal sealed class ForgetApplicants(Db db, Vault vault, Audit audit, TimeProvider time) : IRecurring
{
    public const int DaysKept = 90;

    private const int Most = 500;

    public Task RunAsync(CancellationToken cancel) => db.InTransaction(async () =>
    {
        var old = time.Now - TimeSpan.FromDays(DaysKept);
        var rows = await db.Joinings.Where(j => j.State == JoiningState.Refused && j.DecidedAt < old && j.IdHash != null)
            .OrderBy(j => j.DecidedAt).Take(Most).ForUpdate().ToListAsync(cancel);
        await vault.ForgetAsync([.. rows.SelectMany(r => new[] { r.NameId, r.IdNumberId, r.PhoneId }).OfType<SecretId>()], cancel);
        foreach (var row in rows)
        {
            (row.NameId, row.IdNumberId, row.PhoneId, row.SignIn) = (null, null, null, null);
            (row.IdHash, row.PhoneHash) = (null, null);
            audit.Record("joining.forgotten", $"joining:{row.Code}");
        }
    }, cancel);
}
