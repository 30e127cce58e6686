using System.Collections.Immutable;
using System.Globalization;
using HaoSuan.Settling;
using HaoSuan.Settling.Explaining;
using Attribute = HaoSuan.Settling.Attribute;

namespace HaoSuan.Catalog;

/// <summary>The example order beside a scheme: a price, a chain of rates, some facts, and an instant to settle at.</summary>
internal sealed class Example(FormReading reading, Zone zone)
{
    /// <summary>What the order comes to by that scheme, by the engine that settles; null where a field cannot be read.</summary>
    public Explanation? Settle(FormNode form, Scheme scheme)
    {
        var paid = reading.Amount(form, "example.paid", optional: true) ?? Money.Zero;
        var orderedAt = reading.Moment(form, "example.ordered_at", zone);
        var asOf = reading.Moment(form, "example.as_of", zone);
        var chain = Chain(form, scheme);
        var facts = form.Items("example.facts").Where(f => f["fact"].Length > 0 || f["at"].Length > 0).Select((f, i) => Fact(f, i, scheme)).ToList();
        if (reading.Refusals.Count > 0) return null;
        var order = new Order("示例", scheme, orderedAt!.Value, chain) { Paid = paid };      // read without fault
        var history = History.Of(orderedAt.Value, facts.Select(f => f!)).Value;      // numbered one by one, and none withdraws another
        var explained = Explanation.Of(order, history, asOf!.Value, zone);
        if (!explained.IsRefused) return explained.Value;
        Invert(form, order);
        return null;
    }

    /// <summary>An order to begin with: two distributors below each other, activated, topped up and looked at two months later.</summary>
    public static void Fill(FormNode form, Scheme scheme, Instant now, Zone zone)
    {
        var day = zone.DateOf(now);
        form["example.paid"] = "0.00";
        form["example.ordered_at"] = Text(day, 10);
        form["example.as_of"] = Text(day.AddDays(60), 12);
        foreach (var (name, percent) in new[] { ("一级代理", 90), ("二级代理", 75) })
        {
            var seat = form.Add("example.chain", ("name", name));
            if (scheme.Stages.IsEmpty) seat[RateKey(0)] = $"{percent}.00";
            foreach (var (i, stage) in scheme.Stages.Index()) seat[RateKey(i)] = SchemeFilling.Text(Part(stage.Upstream, percent));
        }
        form.Add("example.facts", ("fact", FactKind.Activated), ("at", Text(day.AddDays(2), 9)));
        form.Add("example.facts", ("fact", FactKind.ToppedUp), ("at", Text(day.AddDays(3), 9)), ("amount", "100.00"), ("attributes", Attributes(scheme)));
    }

    /// <summary>The field of a seat's rate in the stage of that index.</summary>
    public static string RateKey(int stage) => string.Create(CultureInfo.InvariantCulture, $"rates-{stage}");

    /// <summary>A fact by the number of its row.</summary>
    public static string Name(int row) => string.Create(CultureInfo.InvariantCulture, $"#{row + 1}");

    private static string Text(DateOnly day, int hour) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}T{hour:00}:00");

    private static Rate Part(Rate upstream, int percent)
    {
        var part = upstream.Of(upstream.IsShare ? new(10_000) : Money.Zero).Fraction(percent, 100);
        return upstream.IsShare ? Rate.Share(new((int)part.Minor)) : Rate.Amount(new(part.Minor / 100 * 100));
    }

    /// <summary>What the scheme demands of a top-up, so that the first look shows one that counts.</summary>
    private static string Attributes(Scheme scheme) => string.Join(", ",
        scheme.Stages.SelectMany(s => s.When).OfType<Condition.Happened>().Where(c => c.Kind == FactKind.ToppedUp)
            .SelectMany(c => c.Where.Demands).Where(d => d.OneOf.Length > 0).DistinctBy(d => d.Name).Select(d => $"{d.Name}={ScalarText.Of(d.OneOf[0])}"));

    private ImmutableArray<Seat> Chain(FormNode form, Scheme scheme)
    {
        var seats = ImmutableArray.CreateBuilder<Seat>();
        foreach (var (i, node) in form.Items("example.chain").Index())
        {
            var name = node["name"].Length > 0 ? node["name"] : $"第 {i + 1} 级";
            var rates = scheme.Stages.Select((_, stage) => reading.Rate(node, RateKey(stage)) ?? default);
            seats.Add(new(name, [.. rates]));
        }
        if (seats.Count == 0) reading.Refuse(form, "example.chain", "catalog.chain_empty");
        return seats.ToImmutable();
    }

    private Fact? Fact(FormNode node, int row, Scheme scheme)
    {
        var (kind, at) = (reading.Kind(node, "fact"), reading.Moment(node, "at", zone));
        var amount = reading.Amount(node, "amount", optional: true) ?? Money.Zero;
        List<Attribute> attributes = [];
        foreach (var part in node["attributes"].Split([',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split(['=', '＝'], 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, { Length: > 0 } value])
                attributes.Add(new(name, kind == FactKind.UpstreamConfirmed && name == "stage" ? Scalar.Of(StageKey(scheme, value)) : ScalarText.Of(value)));
            else reading.Refuse(node, "attributes", "catalog.attribute_wrong", part);
        }
        return kind is null || at is not { } instant ? null : new(Name(row), kind, instant) { Amount = amount, Attributes = [.. attributes] };
    }

    /// <summary>A stage is named by its key, or as the page shows it.</summary>
    private static string StageKey(Scheme scheme, string text) => scheme.Stages.FirstOrDefault(s => s.Name == text)?.Key ?? text;

    private void Invert(FormNode form, Order order)
    {
        var seats = form.Items("example.chain");
        for (var stage = 0; stage < order.Scheme.Stages.Length; stage++)
        {
            for (var child = 1; child < seats.Count; child++)
            {
                if (order.IsInverted(stage, child))
                    Refuse(seats[child], RateKey(stage), order, child);
            }
        }
        // Amounts beside shares, in a repeating stage: it depends on each fact.
        if (reading.Refusals.Count == 0) Refuse(form, "example.chain", order, order.Chain.Length - 1);
    }

    private void Refuse(FormNode node, string key, Order order, int child) =>
        reading.Refuse(node, key, "catalog.example_above_parent", order.Chain[child].Distributor, order.Chain[child - 1].Distributor);
}
