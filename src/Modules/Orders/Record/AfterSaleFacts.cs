using HaoSuan.Settling;

namespace HaoSuan.Orders;

/// <summary>The facts that after-sales leave in the log of their order: those that move the order have the trade's own words.</summary>
internal static class AfterSaleFacts
{
    /// <summary>What the source of such a fact begins with; whoever has done it stands behind the colon.</summary>
    public const string Source = "after-sales";

    public const string Consumer = "consumer";

    /// <summary>The attribute that names the after-sale by its number.</summary>
    public const string Number = "after_sale";

    /// <summary>The after-sale of that number has told it.</summary>
    public static bool IsOf(int number, Fact fact) => fact.Attribute(Number)?.Text == $"{number}";

    public static string KindOf(AfterSaleKind kind, AfterSaleStep step) => (kind, step) switch
    {
        (_, AfterSaleStep.Ask) => "after_sale_asked",
        (_, AfterSaleStep.Agree) => "after_sale_agreed",
        (_, AfterSaleStep.Decline) => "after_sale_declined",
        (_, AfterSaleStep.Withdraw) => "after_sale_withdrawn",
        (_, AfterSaleStep.SendBack) => "after_sale_sent_back",
        (AfterSaleKind.Exchange, AfterSaleStep.Send) => CardChanges.Exchanged,
        (AfterSaleKind.Replacement, AfterSaleStep.Send) => CardChanges.Changed,
        (_, AfterSaleStep.Send) => CardChanges.Reshipped,
        // A parcel that is lost for good ends the order as one that came back does.
        (AfterSaleKind.Return, AfterSaleStep.Receive or AfterSaleStep.GiveUp) => "returned",
        (_, AfterSaleStep.Receive) => "after_sale_received",
        (_, AfterSaleStep.GiveUp) => "after_sale_given_up",
        (_, AfterSaleStep.Refund) => "after_sale_refunded",
    };
}
