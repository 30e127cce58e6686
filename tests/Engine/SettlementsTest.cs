using System.Globalization;
using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Ledger;
using HaoSuan.Orders;
using HaoSuan.Settlements;
using HaoSuan.Settling;
using Facts = HaoSuan.Orders.Facts;

namespace HaoSuan.Tests.Engine;

/// <summary>A small world to settle in: one product with a scheme, a parent and a seller, orders and their facts.</summary>
public abstract class SettlementsTest(Databases engine) : EngineTest(engine)
{
    protected static readonly DistributorId Parent = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));
    protected static readonly DistributorId Seller = new(Guid.Parse("0198a000-0000-7000-8000-000000000002"));

    /// <summary>120 from the upstream for an activation within 30 days, released after 7 days; taken back when cancelled within 90.</summary>
    protected const string Simple = """
        {"stages":[{"key":"first","name":"激活","upstream":"120.00",
            "when":[{"fact":"activated","within_days":30,"after":"ordered"}],"release":{"mode":"days","days":7}}],
         "clawback":[{"on":["cancelled"],"within_days":90,"after":"activated","keep":"none","penalty":"50.00"}]}
        """;

    private int _orders;
    private int _facts;

    protected UpstreamId Upstream { get; private set; }

    protected async Task<ProductId> Product(string code = "GD29", string scheme = Simple)
    {
        if (Upstream == default) Upstream = (await With<AddUpstream, Result<UpstreamId>>(a => a.RunAsync(new("up", "上游", "sandbox"), Cancel))).Value;
        var product = await With<AddProduct, Result<ProductId>>(a => a.RunAsync(new(code, Upstream, Carrier.Unicom, code, code), Cancel));
        Assert.Equal(1, (await With<PublishScheme, Result<int>>(p => p.RunAsync(product.Value, scheme, cancel: Cancel))).Value);
        return product.Value;
    }

    /// <summary>An order of the seller, whose parent gets 100.00 in all and the seller 80.00 of it for the stage "first".</summary>
    protected Task<OrderId> Order(ProductId product, Money paid = default) =>
        Order(product, Time.Now, paid, [Member(Parent, ("first", 100_00)), Member(Seller, ("first", 80_00))]);

    protected static ChainMember Member(DistributorId id, params (string Stage, long Fen)[] rates) =>
        new(id, rates.ToDictionary(r => r.Stage, r => Rate.Amount(new(r.Fen))));

    /// <summary>The row that placing an order would write: what settlement sees of an order does not depend on who placed it.</summary>
    protected async Task<OrderId> Order(ProductId product, Instant orderedAt, Money paid, IReadOnlyList<ChainMember> chain)
    {
        var number = Interlocked.Increment(ref _orders);
        var row = new OrderRow
        {
            Id = new(Guid.CreateVersion7(orderedAt.ToDateTimeOffset())),
            OrderNo = string.Create(CultureInfo.InvariantCulture, $"HS260301{number:00000000}"),
            Token = number.ToString(CultureInfo.InvariantCulture),
            ProductId = product,
            UpstreamId = Upstream,
            Carrier = HaoSuan.Catalog.Carrier.Unicom,
            SchemeVersion = 1,
            Seller = chain[^1].Id,
            Chain = ChainText.Write(chain),
            OrderedAt = orderedAt,
            Paid = paid,
            Price = paid,
            NameId = NewId.Of<SecretId>(Time),
            IdNumberId = NewId.Of<SecretId>(Time),
            PhoneId = NewId.Of<SecretId>(Time),
            AddressId = NewId.Of<SecretId>(Time),
            IdHash = [1],
            Province = "11",
            Picked = null,
            State = OrderState.Confirmed,
            ConfirmedAt = orderedAt,
        };
        await With<Db>(db => db.InTransaction(() =>
        {
            db.Add(row);
            db.AddRange(DueSet.ForAll(row.Id, orderedAt));
            db.AddRange(chain.Select((member, i) => new SeatRow { OrderId = row.Id, DistributorId = member.Id, Position = i }));
            return Task.CompletedTask;
        }, Cancel));
        return row.Id;
    }

    /// <summary>Records a fact now, which happened at <paramref name="at"/> (default: now).</summary>
    protected async Task<FactId> Record(
        OrderId order, string kind, Instant? at = null, Money? amount = null, Dictionary<string, string>? attributes = null, FactId? of = null)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{++_facts:00000}");
        Assert.True(await With<Facts, bool>(f => f.RecordAsync(new(order, kind, at ?? Time.Now, "test", id, amount, attributes, of), Cancel)));
        return await With<Db, FactId>(db => db.Set<FactRow>().Where(f => f.OrderId == order && f.SourceId == id).Select(f => f.Id).SingleAsync(Cancel));
    }

    protected Task<RunReport> Run() => With<RunSettlement, RunReport>(r => r.RunAsync(Time.Now, Cancel));

    protected Task<Money> Owed(Account account) => With<Journal, Money>(j => j.OwedAsync(account, Cancel));

    protected async Task<(long Pending, long Available)> Balance(DistributorId distributor) =>
        ((await Owed(Accounts.Pending(distributor))).Minor, (await Owed(Accounts.Available(distributor))).Minor);

    protected Task<BooksVerified> Verify() => With<VerifyBooks, BooksVerified>(v => v.RunAsync(Cancel));

    protected async Task AssertSound()
    {
        var texts = Services.GetRequiredService<Texts>();
        Assert.Equal([], (await Verify()).Findings.Select(f => texts.Of(f)));
    }
}
