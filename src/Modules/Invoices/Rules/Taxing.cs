namespace HaoSuan.Invoices;

/// <summary>An amount that includes its tax, taken apart.</summary>
internal static class Taxing
{
    public static InvoiceLine Line(Money gross, ItemRate rate)
    {
        var net = NetOf(gross, rate.Rate);
        return new(rate.Item, $"*{rate.ShortName}*{rate.Name}", rate.ClassCode, net, rate.Rate, gross - net);
    }

    /// <summary>The amount without its tax, half a fen upwards; the tax is the rest.</summary>
    public static Money NetOf(Money gross, Bps rate)
    {
        var whole = 10_000 + rate.Value;
        return new Money((20_000 * gross.Minor) + whole).Fraction(1, 2 * whole);
    }

    public static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, a) => sum + a);
}
