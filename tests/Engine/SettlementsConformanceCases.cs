using System.Text.Json;
using HaoSuan.Distributors;
using HaoSuan.Ledger;
using HaoSuan.Settlements;
using HaoSuan.Settling;
using HaoSuan.Settling.Cases;
using HaoSuan.Tests.Support;

namespace HaoSuan.Tests.Engine;

public sealed class Settlements_conformance_on_sqlite(SqliteDatabases engine) : SettlementsConformanceCases(engine);

public sealed class Settlements_conformance_on_postgres(PostgresDatabases engine) : SettlementsConformanceCases(engine);

/// <summary>The conformance cases once more, through the database: what is booked equals the expected lines, whenever runs happen.</summary>
public abstract class SettlementsConformanceCases(Databases engine) : SettlementsTest(engine)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Unit", "cases");

    private readonly Dictionary<Guid, string> _names = [];
    private readonly Dictionary<string, OrderId> _orders = new(StringComparer.Ordinal);

    public static TheoryData<string, bool> Names =>
    [
        .. from file in Directory.GetFiles(Folder, "*.expected.json").Order(StringComparer.Ordinal)
           from daily in new[] { false, true }
           select new TheoryDataRow<string, bool>(Path.GetFileName(file)[..^".expected.json".Length], daily),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_books_equal_the_case(string name, bool daily)
    {
        var text = await File.ReadAllBytesAsync(Path.Combine(Folder, $"{name}.json"), Cancel);
        using var expected = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Folder, $"{name}.expected.json"), Cancel));
        Assert.True(Case.TryRead(text, out var read, out _));
        await Prepare(read, text);
        var facts = new Queue<(OrderId Order, Fact Fact)>(read.Orders
            .SelectMany(o => o.History.Facts.ToArray().Where(f => f.Id != FactKind.Ordered).Select(f => (_orders[o.Order.Id], f)))
            .OrderBy(f => f.f.RecordedAt));

        foreach (var (asOf, result) in read.AsOf.Zip(expected.RootElement.GetProperty("results").EnumerateArray()))
        {
            while (facts.TryPeek(out var next) && next.Fact.RecordedAt <= asOf)
            {
                if (daily) await RunDaily(next.Fact.RecordedAt);
                await Record(next.Order, next.Fact);
                facts.Dequeue();
            }
            if (daily) await RunDaily(asOf);
            Time.AdjustTime(asOf.ToDateTimeOffset());
            var run = await Run();
            Assert.Equal(Lines(result.GetProperty("lines"), withInstants: true), await Booked());
            if (!daily) Assert.Equal(Lines(result.GetProperty("entries"), withInstants: false), await Posted(run.Id));
            await CompareBalances(result);
        }
        await AssertSound();
    }

    private async Task Prepare(Case read, byte[] text)
    {
        var first = read.Orders.Min(o => o.Order.OrderedAt);
        Time.AdjustTime(read.Zone.StartOf(Month.Of(read.Zone.DateOf(first)).First).ToDateTimeOffset());
        using var document = JsonDocument.Parse(text);
        Dictionary<string, ProductId> products = new(StringComparer.Ordinal);
        foreach (var scheme in document.RootElement.GetProperty("schemes").EnumerateArray())
        {
            var code = scheme.GetProperty("product").GetString()!;
            products.Add(code, await Product(code, scheme.GetRawText()));
        }
        if (document.RootElement.TryGetProperty("bonuses", out var bonuses))
        {
            foreach (var bonus in bonuses.EnumerateArray())
            {
                await With<PublishBonus>(async p => Assert.False(
                    (await p.RunAsync(bonus.GetRawText(), Month.Of(read.Zone.DateOf(Time.Now)), Cancel)).IsRefused));
            }
        }
        foreach (var order in read.Orders.Select(o => o.Order))
        {
            var id = await Order(products[order.Scheme.Product], order.OrderedAt, order.Paid, [.. order.Chain.Select(s => MemberOf(s, order.Scheme))]);
            _orders.Add(order.Id, id);
            _names[id.Value] = order.Id;
        }
    }

    private ChainMember MemberOf(Seat seat, Scheme scheme)
    {
        var known = _names.Where(n => n.Value == seat.Distributor).Select(n => n.Key).FirstOrDefault();
        var id = known == default ? Guid.CreateVersion7(Time.GetUtcNow()) : known;
        _names[id] = seat.Distributor;
        return new(new(id), scheme.Stages.Select((s, i) => (s.Key, seat.Rates[i])).ToDictionary(r => r.Key, r => r.Item2));
    }

    private async Task Record(OrderId order, Fact fact)
    {
        Time.AdjustTime(fact.RecordedAt.ToDateTimeOffset());
        var of = fact.Of is null ? default(FactId?) : new FactId(_names.Single(n => n.Value == $"{order.Value}/{fact.Of}").Key);
        var attributes = fact.Attributes.ToDictionary(a => a.Name, a => a.Value.Text);
        var id = await Record(order, fact.Kind, fact.At, fact.Amount, attributes, of);
        _names[id.Value] = $"{order.Value}/{fact.Id}";
    }

    private async Task RunDaily(Instant until)
    {
        for (var next = Zone.Shanghai.DateOf(Time.Now).AddDays(1); Zone.Shanghai.StartOf(next) < until; next = next.AddDays(1))
        {
            Time.AdjustTime(Zone.Shanghai.StartOf(next).ToDateTimeOffset());
            await Run();
        }
    }

    private static List<string> Lines(JsonElement lines, bool withInstants) =>
    [
        .. lines.EnumerateArray().Select(l => string.Join(' ', l.EnumerateObject()
            .Where(p => withInstants || p.Name is not ("earned_at" or "releases_at")).Select(p => p.Value.ToString() is { Length: > 0 } v ? v : "-")))
            .Order(StringComparer.Ordinal),
    ];

    private Task<List<string>> Booked() => With<Db, List<string>>(async db =>
        [.. (await db.Set<SettledOrderRow>().AsNoTracking().ToListAsync(Cancel)).SelectMany(o => Settlements.Booked.Of(o).Lines)
            .Concat((await db.Set<BonusLineRow>().AsNoTracking().ToListAsync(Cancel)).Select(b => b.ToLine()))
            .Select(l => $"{Key(l.Key)} {l.Amount} {Text(l.EarnedAt)} {Text(l.ReleasesAt)}").Order(StringComparer.Ordinal)]);

    private async Task<List<string>> Posted(RunId run)
    {
        var batches = await With<Db, List<long>>(db => db.Set<PartRow>().Where(p => p.RunId == run && p.BatchId != null)
            .Select(p => p.BatchId!.Value).ToListAsync(Cancel));
        var entries = await With<Books, IReadOnlyList<PostedEntry>>(b => b.WalkAsync(["settle", "bonus"], -1, 1_000, Cancel));
        return [.. (from entry in entries
                   where batches.Contains(Books.BatchOf(entry.Id))
                   from posting in entry.Postings
                   where Accounts.DistributorOf(posting.Account) is not null
                   select $"{Key(KeyOf(entry, posting))} {-posting.Amount}").Order(StringComparer.Ordinal)];
    }

    private static LineKey KeyOf(PostedEntry entry, Posting posting)
    {
        var label = LineLabel.Parse(posting.Label);
        var state = posting.Account.Code.EndsWith(":pending", StringComparison.Ordinal) ? State.Pending : State.Available;
        return new(
            entry.OrderId?.Value.ToString() ?? "", label.Stage, label.Instance, Accounts.DistributorOf(posting.Account)!.Value.Value.ToString(),
            label.Role, state);
    }

    private string Key(LineKey key)
    {
        var place = Guid.TryParse(key.Instance, out var fact) ? _names[fact][(key.Order.Length + 1)..] : key.Instance.Length > 0 ? key.Instance : "-";
        return $"{(key.Order.Length == 0 ? "-" : _names[Guid.Parse(key.Order)])} {key.Stage} {place} {_names[Guid.Parse(key.Distributor)]} "
            + $"{key.Role.Name()} {key.State.Name()}";
    }

    private static string Text(Instant? instant) => instant is { } known ? Zone.Shanghai.Format(known) : "-";

    private async Task CompareBalances(JsonElement result)
    {
        foreach (var balance in result.GetProperty("balances").EnumerateArray())
        {
            var id = new DistributorId(_names.Single(n => n.Value == balance.GetProperty("distributor").GetString()).Key);
            var (pending, available) = await Balance(id);
            Assert.Equal(
                (balance.GetProperty("pending").GetString(), balance.GetProperty("available").GetString()),
                (new Money(pending).ToString(), new Money(available).ToString()));
        }
        var margin = await Owed(Accounts.UpstreamCommission) + await Owed(Accounts.Commission) + await Owed(Accounts.Penalty);
        Assert.Equal(result.GetProperty("platform").GetProperty("margin").GetString(), margin.ToString());
    }
}
