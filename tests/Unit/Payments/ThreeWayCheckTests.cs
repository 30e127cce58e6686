using CsCheck;
using HaoSuan.Payments;
using Xunit;

namespace HaoSuan.Tests.Unit.Payments;

public sealed class ThreeWayCheckTests
{
    private static readonly Instant At = new(1_772_330_400_000_000);

    // Few numbers and amounts, so that they meet.
    private static readonly Gen<(int No, bool IsRefund, long Fen)> Movement = Gen.Select(Gen.Int[1, 6], Gen.Bool, Gen.Long[1, 4]);

    [Fact]
    public void Bill_and_ledger_are_the_vouchers_and_the_differences_whatever_is_wrong() => Gen.Select(
        Movement.Array[0, 8], Movement.Array[0, 8], Gen.Select(Gen.Long[1, 10], Gen.Long[-4, 4]).Array[0, 8], Gen.Int[0, 6]
    ).Sample((ours, bill, ledger, elsewhere) =>
    {
        var check = new ThreeWayCheck(
            [.. ours.Select((m, i) => new Vouched(i + 1, TypeOf(m.IsRefund), $"no{m.No}", "c", Signed(m.IsRefund, m.Fen), i + 1))],
            [.. bill.Select((m, i) => new BillLine(i + 1, TypeOf(m.IsRefund), $"no{m.No}", "c", At, Signed(m.IsRefund, m.Fen), Money.Zero, ""))],
            Elsewhere(elsewhere), Elsewhere(elsewhere),
            [.. ledger.Select(l => new Moved(l.Item1, "", new(l.Item2)))], null);
        var differences = check.Differences();

        var between = Sum(differences.Where(d => d.Class != DayDifference.LedgerDiffers).Select(d => d.Effect));
        var booked = Sum(differences.Where(d => d.Class == DayDifference.LedgerDiffers).Select(d => d.Effect));
        Assert.Equal(check.Bill.In + check.Bill.Out, check.Vouchers.In + check.Vouchers.Out + between);
        Assert.Equal(check.Ledger.In + check.Ledger.Out, check.Vouchers.In + check.Vouchers.Out + booked);
        Assert.All(differences, d => Assert.True(d.Class == DayDifference.AmountDiffers || d.Class == DayDifference.LedgerDiffers
            || d.Ours.IsZero || d.Theirs.IsZero));
    });

    [Fact]
    public void What_is_the_same_on_all_sides_has_no_difference() => Movement.Array[0, 8].Sample(all =>
    {
        var moved = all.DistinctBy(m => (m.No, m.IsRefund)).Select((m, i) => (m, Id: i + 1)).ToArray();
        var check = new ThreeWayCheck(
            [.. moved.Select(x => new Vouched(x.Id, TypeOf(x.m.IsRefund), $"no{x.m.No}", "c", Signed(x.m.IsRefund, x.m.Fen), x.Id))],
            [.. moved.Reverse().Select(x => new BillLine(x.Id, TypeOf(x.m.IsRefund), $"no{x.m.No}", "c", At, Signed(x.m.IsRefund, x.m.Fen), Money.Zero, ""))],
            Nowhere, Nowhere, [.. moved.Select(x => new Moved(x.Id, "", Signed(x.m.IsRefund, x.m.Fen)))], Rate);

        Assert.Empty(check.Differences());
    });

    [Theory]
    [InlineData(68_00, 41, null)]
    [InlineData(68_00, 40, 41L)]
    [InlineData(83, 0, null)]
    [InlineData(84, 1, null)]
    [InlineData(-10_00, 0, null)]
    [InlineData(-10_00, -6, null)]
    [InlineData(-10_00, -7, -6L)]
    [InlineData(-10_00, 6, 0L)]
    public void A_fee_is_the_agreed_rate_to_the_nearest_fen_and_a_refund_gives_back_no_more_of_it(long fen, long fee, long? wanted)
    {
        var type = fen > 0 ? BillLineType.Payment : BillLineType.Refund;
        var check = new ThreeWayCheck(
            [new(1, type, "no1", "c", new(fen), 1)], [new(1, type, "no1", "c", At, new(fen), new(fee), "")],
            Nowhere, Nowhere, [new(1, "", new(fen))], Rate);

        var found = check.Differences();

        if (wanted is null) Assert.Empty(found);
        else Assert.Equal((DayDifference.FeeDiffers, new Money(wanted.Value)), (Assert.Single(found).Class, found[0].Ours));
    }

    [Theory]
    [InlineData(2, DayDifference.OtherDay, DayDifference.OtherDay)]
    [InlineData(3, DayDifference.AmountDiffers, DayDifference.NotWithUs)]
    public void What_lies_on_another_day_has_the_same_amount_there(long fen, DayDifference ofVoucher, DayDifference ofLine)
    {
        var check = new ThreeWayCheck(
            [new(1, BillLineType.Payment, "no1", "c", new(fen), 1)], [new(1, BillLineType.Payment, "no2", "c", At, new(fen), Money.Zero, "")],
            Elsewhere(2), Elsewhere(1), [new(1, "", new(fen))], null);

        Assert.Equal([ofVoucher, ofLine], check.Differences().Select(d => d.Class));
    }

    private static readonly Bps Rate = new(60);

    private static readonly ILookup<(BillLineType, string), Money> Nowhere = Elsewhere();

    private static ILookup<(BillLineType, string), Money> Elsewhere(params int[] numbers) => numbers
        .SelectMany(n => new[] { (n, IsRefund: false), (n, IsRefund: true) })
        .ToLookup(x => (TypeOf(x.IsRefund), $"no{x.n}"), x => Signed(x.IsRefund, 2));

    private static BillLineType TypeOf(bool isRefund) => isRefund ? BillLineType.Refund : BillLineType.Payment;

    private static Money Signed(bool isRefund, long fen) => isRefund ? new(-fen) : new(fen);

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);
}
