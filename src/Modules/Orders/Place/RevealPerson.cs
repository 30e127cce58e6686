namespace HaoSuan.Orders;

/// <summary>Reads in clear who ordered. Each value that is read is audited with the purpose.</summary>
public sealed class RevealPerson(Db db, Vault vault)
{
    public Task<Result<Person>> RunAsync(OrderId id, string purpose, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        if (await db.Orders.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, cancel) is not { } order)
            return (Result<Person>)new Refusal("orders.unknown");
        return await OfAsync(new(order.NameId, order.IdNumberId, order.PhoneId, order.AddressId), purpose, cancel);
    }, cancel);

    internal Task<Person> OfAsync(KeptPerson person, string purpose, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var (province, city, district, street) = AddressText.Read(await vault.RevealAsync(person.Address, purpose, cancel));
        return new Person(
            await vault.RevealAsync(person.Name, purpose, cancel), await vault.RevealAsync(person.IdNumber, purpose, cancel),
            await vault.RevealAsync(person.Phone, purpose, cancel), province, city, district, street);
    }, cancel);
}
