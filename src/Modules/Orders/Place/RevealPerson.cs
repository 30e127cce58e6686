namespace HaoSuan.Orders;

/// <summary>Reads in clear who ordered. Each value that is read is audited with the purpose.</summary>
public sealed class RevealPerson(Db db, Vault vault)
{
    public Task<Result<Person>> RunAsync(OrderId id, string purpose, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        if (await db.Orders.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, cancel) is not { } order)
            return (Result<Person>)new Refusal("orders.unknown");
        var (province, city, district, street) = AddressText.Read(await vault.RevealAsync(order.AddressId, purpose, cancel));
        return new Person(
            await vault.RevealAsync(order.NameId, purpose, cancel), await vault.RevealAsync(order.IdNumberId, purpose, cancel),
            await vault.RevealAsync(order.PhoneId, purpose, cancel), province, city, district, street);
    }, cancel);
}
