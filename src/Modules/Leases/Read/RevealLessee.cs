using HaoSuan.Orders;

namespace HaoSuan.Leases;

/// <summary>Reads in clear who has leased a device: where it is sent. Audited.</summary>
public sealed class RevealLessee(Db db, TakePerson people)
{
    public async Task<Result<Person>> RunAsync(LeaseId id, string purpose, CancellationToken cancel = default) =>
        await db.Leases.AsNoTracking().FirstOrDefaultAsync(l => l.Id == id, cancel) is { } lease
            ? await people.RevealAsync(lease.Person(), purpose, cancel)
            : new Refusal("leases.unknown");
}
