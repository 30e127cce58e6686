using System.Collections.Immutable;
using System.Text.Json;

namespace HaoSuan.Settling.Cases;

/// <summary>Reads an order with its chain and its facts, against the schemes of the file.</summary>
internal sealed class OrderReader(
    IReadOnlyDictionary<(string Product, int Version), Scheme> schemes, IReadOnlySet<string> products, IReadOnlySet<string> unsure)
{
    public CaseOrder? Order(Node node)
    {
        if (!node.IsObject("id", "product", "scheme_version", "ordered_at", "paid", "chain", "facts")) return null;
        var id = node.Required("id")?.Text() ?? "";
        var scheme = Scheme(node.Required("product"), node.Required("scheme_version"));
        var orderedAt = node.Required("ordered_at")?.Instant() ?? default;
        var paid = node.Optional("paid")?.Amount() ?? default;
        var faults = node.Reading.Faults.Count;
        var order = new Order(id, scheme ?? Nothing, orderedAt, Chain(node.Required("chain"), scheme)) { Paid = paid };
        if (node.Reading.Faults.Count == faults) Compare(order, node);
        return new(order, History(node, orderedAt));
    }

    /// <summary>In the place of a scheme that is not there: such an order is read for its faults only.</summary>
    private static readonly Scheme Nothing = new("", 0, []);

    private Scheme? Scheme(Node? product, Node? version)
    {
        if (product?.Text() is not { } name || version?.Integer(0, int.MaxValue) is not { } number) return null;
        if (schemes.TryGetValue((name, number), out var scheme)) return scheme;
        if (unsure.Contains(name)) return null;
        if (products.Contains(name)) version.Fail(Message.NoVersion(name, number));
        else product.Fail(Message.NoScheme(name));
        return null;
    }

    private static ImmutableArray<Seat> Chain(Node? list, Scheme? scheme)
    {
        var seats = ImmutableArray.CreateBuilder<Seat>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in list?.Items() ?? [])
        {
            if (!node.IsObject("distributor", "rates")) continue;
            var distributor = node.Required("distributor")?.Text() ?? "";
            if (distributor.Length > 0 && !seen.Add(distributor))
                node.Fail("distributor", Message.DuplicateInChain(distributor));
            seats.Add(new(distributor, Rates(node.Required("rates"), scheme)));
        }
        return seats.ToImmutable();
    }

    private static ImmutableArray<Rate> Rates(Node? node, Scheme? scheme)
    {
        if (node is null) return [];
        if (scheme is null)
        {
            foreach (var rate in node.Members()) SchemeReader.Rate(rate.Value);
            return [];
        }
        if (!node.IsObject([.. scheme.Stages.Select(s => s.Key)])) return [];
        return [.. scheme.Stages.Select(stage => SchemeReader.Rate(node.Required(stage.Key)))];
    }

    private static void Compare(Order order, Node node)
    {
        for (var stage = 0; stage < order.Scheme.Stages.Length; stage++)
        {
            for (var child = 1; child < order.Chain.Length; child++)
            {
                if (order.IsInverted(stage, child)) Fail(order, new(stage, child), node.Reading, node.Path);
            }
        }
    }

    public static void Fail(Order order, Inversion inversion, Reading reading, string path)
    {
        var stage = order.Scheme.Stages[inversion.Stage].Key;
        reading.Fail($"{path}.chain[{inversion.Child}].rates{Node.Step(stage)}", Message.AboveParent(order, inversion, reading.Currency));
    }

    private static Fact? Fact(Node node)
    {
        if (!node.Is(JsonValueKind.Object)) return null;
        var id = node.Required("id")?.Text() ?? "";
        if (id == FactKind.Ordered) node.Fail("id", Message.OrderedIsTaken);
        var kind = node.Required("fact")?.Text() ?? "";
        var at = node.Required("at")?.Instant() ?? default;
        return new(id, kind, at)
        {
            RecordedAt = node.Optional("recorded_at")?.Instant() ?? at,
            Amount = node.Optional("amount")?.Amount(mayBeNegative: true) ?? default,
            Attributes = [.. Attributes(node)],
            Of = kind == FactKind.Void ? node.Required("of")?.Text() : null,
        };
    }

    private static List<Attribute> Attributes(Node node)
    {
        List<Attribute> attributes = [];
        foreach (var (key, member) in node.Members())
        {
            if (key is "id" or "fact" or "at" or "recorded_at" || member.Value.ValueKind == JsonValueKind.Null) continue;
            if (ConditionReader.Scalar(member) is { } value) attributes.Add(new(key, value));
        }
        return attributes;
    }

    private static History History(Node order, Instant orderedAt)
    {
        var faults = order.Reading.Faults.Count;
        var list = order.Optional("facts");
        var facts = SchemeReader.Many(list, Fact, "id", f => f.Id);
        if (order.Reading.Faults.Count > faults) return Settling.History.Of(default, []).Value;
        var ids = facts.Select(f => f.Id).Append(FactKind.Ordered).ToHashSet(StringComparer.Ordinal);
        foreach (var (node, fact) in (list?.Items() ?? []).Zip(facts))
        {
            if (fact.Of is { } of && !ids.Contains(of)) node.Fail("of", Message.VoidOfNothing(of));
        }
        if (Settling.History.Of(orderedAt, facts).TryGet(out var history, out _)) return history;
        if (order.Reading.Faults.Count == faults) list?.Fail(Message.Ring);
        return Settling.History.Of(default, []).Value;
    }
}
