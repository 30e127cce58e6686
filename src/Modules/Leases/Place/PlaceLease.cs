using System.Globalization;
using System.Security.Cryptography;
using HaoSuan.Distributors;
using HaoSuan.Orders;

namespace HaoSuan.Leases;

/// <summary>
/// Places a consumer's lease: a device of the stock is reserved for him, terms and contract are those of now, and the first bill asks for deposit
/// and first month. All of it in one transaction, or nothing.
/// </summary>
public sealed class PlaceLease(Db db, LeaseBook book, DeviceModels models, TakePerson people, Tree tree, TimeProvider time)
{
    /// <summary>Who is of age may owe rent (民法典 §17, §18).</summary>
    public const int MinAge = 18;

    /// <summary>So many devices one person may have asked for and not given back, bought or paid in the end.</summary>
    public const int MostOpen = 3;

    private const int MaxAge = 100;

    public Task<Result<PlacedLease>> RunAsync(NewLease asked, CancellationToken cancel = default) =>
        db.InTransaction(() => DecideAsync(asked, cancel), cancel);

    private async Task<Result<PlacedLease>> DecideAsync(NewLease asked, CancellationToken cancel)
    {
        var model = await db.DeviceModels.AsNoTracking().FirstOrDefaultAsync(m => m.Id == asked.Model && m.OnOffer, cancel);
        if (model is null || !await tree.SellsAsync(asked.Seller, cancel)) return new Refusal("leases.not_on_offer");
        var terms = TermsText.Read(model.Terms);
        var contract = await models.ContractAsync(model.ToModel(0), cancel);
        if (contract.Mark != asked.Contract) return new Refusal("leases.contract_changed").On(nameof(OrderForm.Consent));
        if (!(await people.RunAsync(asked.Form, MinAge, MaxAge, cancel)).TryGet(out var person, out var faults)) return faults.Select(Said).ToList();
        var idHash = await people.HoldAsync(asked.Form, cancel);
        var open = await db.Leases.CountAsync(
            l => l.IdHash == idHash && l.State != LeaseState.Ended && l.State != LeaseState.BoughtOut && l.State != LeaseState.Cancelled, cancel);
        if (open >= MostOpen) return new Refusal("leases.too_many", MostOpen).On(nameof(OrderForm.IdNumber));
        if (await book.NextDeviceAsync(model.Id, cancel) is not { } device) return new Refusal("leases.none_left");
        var lease = new LeaseRow
        {
            Id = NewId.Of<LeaseId>(time),
            LeaseNo = await NextNoAsync(cancel),
            Token = RandomNumberGenerator.GetHexString(32, lowercase: true),
            ModelId = model.Id,
            Serial = device.Serial,
            Seller = asked.Seller,
            Terms = model.Terms,
            Contract = contract.Text,
            NameId = person.Name,
            IdNumberId = person.IdNumber,
            PhoneId = person.Phone,
            AddressId = person.Address,
            IdHash = idHash,
            PlacedAt = time.Now,
        };
        db.Add(lease);
        if (book.Reserve(device, lease) is { } refused) return refused;
        book.Begin(lease);
        var text = string.Create(CultureInfo.InvariantCulture, $"押金 {YuanText.Of(terms.Deposit)}，首月租金 {YuanText.Of(terms.MonthlyFee)}");
        var first = book.Write(lease, LeaseBillKind.First, terms.Deposit + terms.MonthlyFee, text, book.Today);
        return new PlacedLease(lease.Id, lease.LeaseNo, lease.Token, first.Id, first.Amount, asked.Form.Channel!.Trim());       // checked with the form
    }

    /// <summary>What is agreed to here is the contract of the lease, and not that of a card.</summary>
    private static Refusal Said(Refusal fault) =>
        fault is { Code: "orders.consent_required", Field: { } field } ? new Refusal("leases.consent_required").On(field) : fault;

    private async Task<string> NextNoAsync(CancellationToken cancel)
    {
        while (true)
        {
            var no = string.Create(CultureInfo.InvariantCulture, $"ZL{book.Today:yyMMdd}{RandomNumberGenerator.GetInt32(100_000_000):00000000}");
            if (!await db.Leases.AnyAsync(l => l.LeaseNo == no, cancel)) return no;
        }
    }
}
