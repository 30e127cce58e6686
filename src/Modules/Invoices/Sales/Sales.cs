using HaoSuan.Payments;

namespace HaoSuan.Invoices;

/// <summary>What consumers have paid for, of all modules.</summary>
public sealed class Sales(IEnumerable<ISales> modules)
{
    public async Task<Sale?> FindAsync(SaleKey key, CancellationToken cancel = default) =>
        modules.FirstOrDefault(m => m.Source == key.Source) is { } module ? await module.FindAsync(key.Id, cancel) : null;

    /// <summary>By the number that people know, as it was typed.</summary>
    public Task<Sale?> FindByNoAsync(string? typed, CancellationToken cancel = default) =>
        FirstAsync(m => m.FindByNoAsync(TypedText.Compact(typed).ToUpperInvariant(), cancel));

    public Task<Sale?> PaidByAsync(PaymentFor purpose, OrderId paidAs, CancellationToken cancel = default) =>
        FirstAsync(m => m.PaidByAsync(purpose, paidAs, cancel));

    public async Task<IReadOnlyList<Sale>> OfPhoneAsync(byte[] phoneHash, CancellationToken cancel = default)
    {
        List<Sale> sales = [];
        foreach (var module in modules) sales.AddRange(await module.OfPhoneAsync(phoneHash, cancel));
        return [.. sales.OrderByDescending(s => s.At)];
    }

    private async Task<Sale?> FirstAsync(Func<ISales, Task<Sale?>> ask)
    {
        foreach (var module in modules)
            if (await ask(module) is { } sale) return sale;
        return null;
    }
}
