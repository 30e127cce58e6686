using HaoSuan.Settling;
using HaoSuan.Settling.Explaining;

namespace HaoSuan.Catalog;

/// <summary>The kinds of facts to choose from, the usual ones first, in the words of the trade.</summary>
internal static class FactChoices
{
    private static readonly string[] Usual =
        ["activated", "topped_up", "billed", "cancelled", "suspended", "resumed", "out_of_service", "in_service", "complained", "ordered", "paid",
         "refunded", "shipped", "delivered"];

    private static readonly Prose Words = new(Language.Chinese, Currency.Cny, Zone.Shanghai);

    public static readonly IReadOnlyList<Option> All =
    [
        .. Usual.Concat(FactKind.Known.Except(Usual).Where(k => k != FactKind.Void).Order(StringComparer.Ordinal)).Select(k => new Option(k, Words.Word(k))),
    ];

    public static readonly IReadOnlyList<Option> Suspensions =
        [.. new[] { "arrears", "single", "double", "office" }.Select(k => new Option(k, Words.Word(k)))];

    public static bool Has(string kind) => All.Any(o => o.Value == kind);
}
