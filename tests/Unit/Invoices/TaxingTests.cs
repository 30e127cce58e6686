using CsCheck;
using HaoSuan.Invoices;
using Xunit;

namespace HaoSuan.Tests.Unit.Invoices;

public sealed class TaxingTests
{
    private static readonly Gen<Money> Amounts = Gen.Long[1, 10_000_000].Select(m => new Money(m));
    private static readonly Gen<Bps> Rates = Gen.Int[0, 5].Select(i => new Bps(new[] { 0, 100, 300, 600, 900, 1300 }[i]));

    [Theory]
    [InlineData(106_00, 600, 100_00)]
    [InlineData(59_00, 600, 55_66)]
    [InlineData(1_01, 100, 1_00)]
    [InlineData(1, 1300, 1)]
    [InlineData(119_00, 0, 119_00)]
    public void Tax_is_taken_out_of_an_amount_that_includes_it(long gross, int rate, long net) =>
        Assert.Equal(new Money(net), Taxing.NetOf(new(gross), new(rate)));

    [Fact]
    public void The_tax_on_the_net_amount_is_the_rest_to_half_a_fen() => Gen.Select(Amounts, Rates).Sample((gross, rate) =>
    {
        var net = Taxing.NetOf(gross, rate);
        var off = ((gross - net).Minor * 10_000) - (net.Minor * rate.Value);
        Assert.InRange(off, -(10_000 + rate.Value) / 2, (10_000 + rate.Value) / 2);
    });

    [Fact]
    public void Red_letters_in_any_parts_take_back_exactly_what_was_invoiced() =>
        Gen.Select(Amounts.Array[1, 3], Rates.Array[3], Gen.Int[1, 100].Array[1, 6]).Sample((amounts, rates, parts) =>
        {
            List<InvoiceLine> blue = [.. amounts.Select((a, i) => Taxing.Line(a, new((InvoiceItem)i, default, rates[i], "", "", "")))];
            List<InvoiceLine> red = [];
            foreach (var percent in parts)
            {
                var left = Balance.Left(blue, red);
                var taken = Balance.Red(left, left.ToDictionary(l => l.Item, l => l.Gross.Fraction(percent, 100)));
                Assert.All(taken, t => Assert.True(t.Net <= Money.Zero && t.Tax <= Money.Zero));
                red.AddRange(taken);
            }
            var rest = Balance.Left(blue, red);
            Assert.All(rest, r => Assert.True(r.Net >= Money.Zero && r.Tax >= Money.Zero));
            red.AddRange(Balance.Red(rest, Balance.AllOf(rest)));
            Assert.All(Balance.Left(blue, red), l => Assert.Equal((Money.Zero, Money.Zero), (l.Net, l.Tax)));
        });

    [Fact]
    public void An_amount_is_spread_to_the_last_fen() => Gen.Select(Amounts, Amounts.Array[1, 4]).Sample((amount, weights) =>
    {
        var parts = Balance.Spread(amount, [.. weights.Select((w, i) => new InvoiceAmount((InvoiceItem)i, w))]);
        Assert.Equal(amount, Taxing.Sum(parts.Select(p => p.Gross)));
    });

    [Fact]
    public void What_is_due_and_what_is_in_excess_exclude_each_other()
    {
        InvoiceAmount[] kept = [new(InvoiceItem.CardFee, new(50_00)), new(InvoiceItem.LeaseFee, new(30_00))];
        InvoiceLine[] invoiced = [Line(InvoiceItem.CardFee, 20_00), Line(InvoiceItem.LeaseFee, 40_00), Line(InvoiceItem.DeviceSale, 5_00)];

        Assert.Equal([new(InvoiceItem.CardFee, new(30_00))], Balance.Due(kept, invoiced));
        Assert.Equal(
            [(InvoiceItem.LeaseFee, new Money(10_00)), (InvoiceItem.DeviceSale, new Money(5_00))],
            Balance.Excess(kept, invoiced).Select(e => (e.Key, e.Value)).Order());
    }

    private static InvoiceLine Line(InvoiceItem item, long gross) => new(item, "", "", new(gross), default, Money.Zero);
}
