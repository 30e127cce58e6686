using System.Collections.Immutable;
using System.Text.Json;

namespace HaoSuan.Settling.Cases;

/// <summary>Reads the conditions of a stage, and the parts that clawback rules share with them.</summary>
internal sealed class ConditionReader(IReadOnlySet<string> kinds)
{
    private static readonly string[] Suspensions = ["arrears", "single", "double", "office"];

    public Condition? Condition(Node node)
    {
        if (!node.Is(JsonValueKind.Object)) return null;
        if (node.Optional("quiet") is { } quiet) return Quiet(node, quiet);
        if (node.Optional("normal_at_month_end") is { } number) return NormalAtMonthEnd(node, number);
        return Happened(node);
    }

    public string Kind(Node? node)
    {
        if (node?.Text() is not { } kind) return "";
        if (!kinds.Contains(kind)) node.Fail(Message.UnknownKind(kind));
        return kind;
    }

    public ImmutableArray<string> Kinds(Node? list)
    {
        var items = list?.Items() ?? [];
        if (items.Count == 0 && list?.Value.ValueKind == JsonValueKind.Array) list.Fail(Message.NoFact);
        return [.. items.Select(Kind)];
    }

    public Window Window(Node node)
    {
        var after = node.Optional("after") is { } kind ? Kind(kind) : null;
        var days = node.Optional("within_days");
        var months = node.Optional("within_months");
        if (after is null) (days ?? months)?.Fail(Message.NeedsAfter);
        return new(after, days?.Integer(0, 36_500), months?.Integer(0, 1200));
    }

    public static Where Where(Node node)
    {
        var members = node.Optional("where")?.Members() ?? [];
        return new([.. members.Select(member => new Demand(member.Key, OneOf(member.Value)))]);
    }

    /// <summary>A text, a number or a flag; null (with a fault) for anything else.</summary>
    public static Scalar? Scalar(Node node)
    {
        switch (node.Value.ValueKind)
        {
            case JsonValueKind.String:
                return node.String() is { } text ? Settling.Scalar.Of(text) : null;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return Settling.Scalar.Literal(Shortest(node.Value.GetRawText()));
            default:
                node.Fail(Message.NoScalar);
                return null;
        }
    }

    private Condition.Happened? Happened(Node node)
    {
        if (!node.IsObject("fact", "where", "each_at_least", "after", "within_days", "within_months", "at_least")) return null;
        return new Condition.Happened(Kind(node.Required("fact")))
        {
            Window = Window(node),
            Where = Where(node),
            EachAtLeast = node.Optional("each_at_least")?.Amount(),
            AtLeast = node.Optional("at_least")?.Amount(),
        };
    }

    private Condition.Quiet? Quiet(Node node, Node quiet)
    {
        if (!node.IsObject("quiet", "for_days", "after", "where")) return null;
        var days = node.Required("for_days")?.Integer(0, 36_500) ?? 0;
        return new(Kinds(quiet), days, Kind(node.Required("after"))) { Where = Where(node) };
    }

    private Condition.NormalAtMonthEnd? NormalAtMonthEnd(Node node, Node number)
    {
        if (!node.IsObject("normal_at_month_end", "after", "ignoring")) return null;
        var ignoring = (node.Optional("ignoring")?.Items() ?? []).Select(item => item.OneOf(Suspensions) ?? "");
        return new(number.Integer(1, 1200) ?? 1, Kind(node.Required("after"))) { Ignoring = [.. ignoring] };
    }

    private static ImmutableArray<Scalar> OneOf(Node node) =>
        node.Value.ValueKind == JsonValueKind.Array
            ? [.. node.Items().Select(Scalar).OfType<Scalar>()]
            : Scalar(node) is { } only ? [only] : [];

    /// <summary>2.0 is the number 2.</summary>
    private static string Shortest(string number) =>
        number.Contains('.', StringComparison.Ordinal) && !number.Contains('e', StringComparison.OrdinalIgnoreCase)
            ? number.TrimEnd('0').TrimEnd('.')
            : number;
}
