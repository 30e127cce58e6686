using System.Security.Cryptography;
using System.Text;

namespace HaoSuan.Orders;

/// <summary>Whoever types the right code is shown the orders of the phone that it was sent to.</summary>
public sealed class TrackOrders(Db db, Vault vault, OrderList orders, AfterSales sales, TimeProvider time)
{
    private const int MostAttempts = 5;
    private const int Most = 20;

    /// <summary>Compares the code. It is good once, for ten minutes and five attempts; a wrong one counts although it is refused.</summary>
    public async Task<Result<Tracker>> OpenAsync(string token, string? typed, CancellationToken cancel = default)
    {
        var outcome = await db.InTransaction(() => CompareAsync(token, TypedText.Phone(typed), cancel), cancel);
        return outcome.Fault is { } fault ? new Refusal(fault).On("Code") : outcome.Tracker!;
    }

    /// <summary>His latest orders, whoever sold them.</summary>
    public async Task<IReadOnlyList<TrackedOrder>> OfAsync(Tracker tracker, CancellationToken cancel = default)
    {
        var phones = await vault.FindAsync(SecretKind.Phone, tracker.PhoneHash, cancel);
        var found = await db.Orders.Where(o => phones.Contains(o.PhoneId)).OrderByDescending(o => o.OrderedAt).ThenByDescending(o => o.Id)
            .Select(o => new { o.Id, o.Token }).Take(Most).ToListAsync(cancel);
        List<TrackedOrder> tracked = [];
        foreach (var order in found)
            tracked.Add(new(order.Token, (await orders.FindAsync(order.Id, cancel: cancel))!, await sales.OfOrderAsync(order.Id, cancel)));
        return tracked;
    }

    // No refusal inside the transaction: that would undo the counting.
    private async Task<(Tracker? Tracker, string? Fault)> CompareAsync(string token, string typed, CancellationToken cancel)
    {
        var row = await db.TrackCodes.Where(c => c.Token == token).ForUpdate().FirstOrDefaultAsync(cancel);
        if (row is not { UsedAt: null } || row.ExpiresAt <= time.Now || row.Attempts >= MostAttempts) return (null, "orders.track_expired");
        row.Attempts++;
        var code = await TrackCodes.OfAsync(vault, token, cancel);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(typed)))
            return (null, row.Attempts < MostAttempts ? "orders.track_code" : "orders.track_expired");
        row.UsedAt = time.Now;
        return (new(row.PhoneHash), null);
    }
}
