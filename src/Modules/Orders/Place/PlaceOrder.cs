using System.Text.Json;
using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Inventory;
using HaoSuan.Settling;

namespace HaoSuan.Orders;

/// <summary>
/// Places a consumer's order: pins the scheme's version and the chain with its rates, takes the number, puts personal data into
/// the vault. All of it in one transaction, or nothing. Refusals come all at once, each on its field.
/// </summary>
public sealed class PlaceOrder(
    Db db, Storefront front, Numbers numbers, Applicants applicants, KeepPerson people, Outbox outbox, TenantScope tenant, TimeProvider time)
{
    public Task<Result<PlacedOrder>> RunAsync(NewOrder asked, CancellationToken cancel = default) =>
        db.InTransaction(() => DecideAsync(asked, cancel), cancel);

    private async Task<Result<PlacedOrder>> DecideAsync(NewOrder asked, CancellationToken cancel)
    {
        var now = time.Now;
        var form = CleanForm.Of(asked.Form);
        if (await front.ProductAsync(asked.Product, cancel) is not { OnSale: true } product) return new Refusal("orders.not_on_sale");
        if (await front.TermsAsync(asked.Seller, product.Id, now, cancel) is not { } pinned) return new Refusal("orders.not_available");
        var number = product.PicksNumber && form.Number is { } picked ? await numbers.FindAsync(product.Id, picked, cancel) : null;
        var price = product.Price + (number?.Supplement ?? Money.Zero);
        var keys = await applicants.KeysAsync(form, cancel);
        await applicants.HoldAsync(keys, cancel);
        var today = tenant.Zone.DateOf(now);
        var devices = product.Kind == ProductKind.IotCard ? DeviceForm.Of(asked.Form) : null;
        var applicant = await applicants.FindAsync(form, keys, cancel) with { Wanted = Math.Max(devices?.Quantity ?? 1, 1) };
        List<Refusal> faults =
        [
            .. devices?.Faults(!price.IsZero) ?? [],
            .. FormRules.Faults(form, new(product.PicksNumber, !price.IsZero), today),
            .. Eligibility.Faults(product, applicant, today),
            .. TermsFaults(asked.Form, number),
        ];
        if (faults.Count > 0) return faults;
        var id = NewId.Of<OrderId>(time);
        var taken = await TakeNumberAsync(product, form, asked.Holder, id, cancel);
        if (taken.IsRefused) return taken.Refusals.ToList();
        if (!Fits(price, id, pinned, now)) return new Refusal("orders.not_available");
        var person = await people.RunAsync(form, cancel);
        var order = new Ordered(asked.Seller, product, form, keys, person, pinned, number?.Terms, price, Keep(devices, asked.Form, now), now);
        var placed = Apply(id, order);
        // A card for a device is an order of its own: it lives, earns and is given back by itself.
        for (var more = 1; more < devices?.Quantity; more++) Apply(NewId.Of<OrderId>(time), order);
        await db.SaveOrRunAgainAsync(cancel);       // an order number may be taken, or the same purchase placed at the same time
        return placed;
    }

    private sealed record Ordered(
        DistributorId Seller, Product Product, CleanForm Form, Applicants.Keys Keys, KeptPerson Person, SalesTerms Pinned, PinnedTerms? Terms, Money Price,
        Guid? Purchase, Instant At);

    private Guid? Keep(DeviceForm? devices, OrderForm form, Instant now)
    {
        if (devices is null) return null;
        var row = new PurchaseRow
        {
            Id = Guid.TryParse(form.Purchase, out var name) ? name : Guid.CreateVersion7(time.GetUtcNow()),
            Company = devices.Company,
            CreditCode = devices.CreditCode,
            Use = devices.Use,
            Quantity = devices.Quantity,
            At = now,
        };
        db.Add(row);
        return row.Id;
    }

    private PlacedOrder Apply(OrderId id, Ordered order)
    {
        var (seller, product, form, keys, person, pinned, terms, price, purchase, at) = order;
        var row = new OrderRow
        {
            Id = id,
            OrderNo = OrderNumbers.Next(tenant.Zone.DateOf(at)),
            Token = OrderNumbers.Token(),
            ProductId = product.Id,
            UpstreamId = product.UpstreamId,
            Carrier = product.Carrier,
            SchemeVersion = pinned.Scheme.Version,
            Seller = seller,
            Chain = ChainText.Write(pinned.Chain),
            OrderedAt = at,
            Price = price,
            NameId = person.Name,
            IdNumberId = person.IdNumber,
            PhoneId = person.Phone,
            AddressId = person.Address,
            IdHash = keys.IdNumber,
            PhoneHash = keys.Phone,
            AddressHash = keys.Address,
            Province = form.Province,
            PurchaseId = purchase,
            Picked = product.PicksNumber ? form.Number : null,
            Number = product.PicksNumber ? form.Number : null,
            NumberTerms = terms is null ? null : JsonSerializer.Serialize(terms, Json.Options),
        };
        db.Add(row);
        if (price.IsZero)
        {
            (row.State, row.ConfirmedAt) = (OrderState.Confirmed, row.OrderedAt);
            db.AddRange(DueSet.ForAll(id, row.OrderedAt));
        }
        db.AddRange(pinned.Chain.Index().Select(s => new SeatRow { OrderId = id, DistributorId = s.Item.Id, Position = s.Index }));
        outbox.Publish(new OrderPlaced(id, row.OrderNo));
        if (price.IsZero) outbox.Publish(new OrderConfirmed(id));
        return new PlacedOrder(id, row.OrderNo, row.Token, price, price.IsZero ? null : form.Channel);
    }

    private async Task<Result<Done>> TakeNumberAsync(
        Product product, CleanForm form, string holder, OrderId order, CancellationToken cancel)
    {
        if (!product.PicksNumber || form.Number is not { } number) return default(Done);
        var taken = await numbers.TakeAsync(product.Id, number, holder, order, cancel);
        return taken.IsRefused ? taken.Refusals.Select(r => r.On(nameof(OrderForm.Number))).ToList() : default(Done);
    }

    // What binds somebody for years he has read before: those terms and no others.
    private static Refusal[] TermsFaults(OrderForm form, PoolNumber? number) =>
        number is null ? []
        : (form.NumberRule ?? "") != $"{number.Rule?.Id}" ? [new Refusal("orders.number_terms_changed").On(nameof(OrderForm.NumberTerms))]
        : number.Rule is not null && form.NumberTerms != "true" ? [new Refusal("orders.number_terms_required").On(nameof(OrderForm.NumberTerms))]
        : [];

    // A number's supplement raises the basis of shares: beside fixed amounts it may lift a child's rate above its parent's.
    private static bool Fits(Money price, OrderId id, SalesTerms pinned, Instant now)
    {
        var seats = pinned.Chain.Select(m => Seat.Of($"{m.Id.Value}", pinned.Scheme.Scheme, m.Rates)).ToList();
        return !seats.Exists(s => s.IsRefused)
            && new Order($"{id.Value}", pinned.Scheme.Scheme, now, [.. seats.Select(s => s.Value)]) { Paid = price }.FirstInversion() is null;
    }
}
