namespace HaoSuan.Orders;

/// <summary>
/// Checks who asks for something that is not a card, by the rules of the order form and the consumer blacklist, and keeps the person in the vault.
/// </summary>
public sealed class TakePerson(KeepPerson people, RevealPerson reveal, Applicants applicants, TenantScope tenant, TimeProvider time)
{
    /// <summary>Whole years of age (周岁), both ends included, are asked for; a channel too, since it is paid.</summary>
    public async Task<Result<KeptPerson>> RunAsync(OrderForm form, int minAge, int maxAge, CancellationToken cancel = default)
    {
        var clean = CleanForm.Of(form);
        var today = tenant.Zone.DateOf(time.Now);
        var faults = FormRules.Faults(clean, new(PicksNumber: false, IsPaid: true), today).ToList();
        if (!faults.Exists(f => f.Field == nameof(OrderForm.IdNumber)) && !IdNumber.Read(clean.IdNumber).Value.IsAged(minAge, maxAge, today))
            faults.Add(new Refusal("orders.age", minAge, maxAge).On(nameof(OrderForm.IdNumber)));
        // No list of rules says so here: who is blacklisted leases nothing.
        var listed = await applicants.ListedAsync(await applicants.KeysAsync(clean, cancel), cancel);
        faults.AddRange(listed.Select(key => new Refusal("orders.blacklisted").On(Eligibility.FieldOf(key))));
        if (faults.Count > 0) return faults;
        return await people.RunAsync(clean, cancel);
    }

    /// <summary>
    /// The keyed hash of his ID number, held until the transaction ends: of two who ask with the same number, the second sees what the first has.
    /// </summary>
    public async Task<byte[]> HoldAsync(OrderForm form, CancellationToken cancel = default)
    {
        var keys = await applicants.KeysAsync(CleanForm.Of(form), cancel);
        await applicants.HoldAsync(keys, cancel);
        return keys.IdNumber;
    }

    /// <summary>Reads in clear who it is. Each value that is read is audited with the purpose.</summary>
    public Task<Person> RevealAsync(KeptPerson person, string purpose, CancellationToken cancel = default) => reveal.OfAsync(person, purpose, cancel);
}
