using HaoSuan.Appeals;
using HaoSuan.Settling;
using Xunit;

namespace HaoSuan.Tests.Unit.Appeals;

public sealed class FactRulesTests
{
    private static readonly Instant Ordered = Zone.Shanghai.StartOf(new(2026, 3, 1));
    private static readonly Instant Now = Ordered + TimeSpan.FromDays(20);
    private static readonly FactId Activated = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));
    private static readonly FactId ToppedUp = new(Guid.Parse("0198a000-0000-7000-8000-000000000002"));
    private static readonly FactId Paid = new(Guid.Parse("0198a000-0000-7000-8000-000000000003"));

    private static readonly Fact[] Known =
    [
        new($"{Paid.Value}", "paid", Ordered), new($"{Activated.Value}", "activated", Ordered), new($"{ToppedUp.Value}", "topped_up", Ordered),
        new("void", "void", Ordered) { Of = $"{ToppedUp.Value}" },
    ];

    private static FactChange.Add Add(string kind = "activated", int day = 1, long fen = 0, params (string Name, string Value)[] attributes) =>
        new(kind, Ordered + TimeSpan.FromDays(day), new(fen), attributes.ToDictionary(a => a.Name, a => a.Value));

    private static IEnumerable<(string? Field, string Code)> Faults(FactChange change, Verdict verdict = Verdict.Upheld) =>
        FactRules.Faults(change, verdict, Ordered, Known, Now).Select(f => (f.Field, f.Code));

    [Fact]
    public void What_happened_between_order_and_now_may_be_added()
    {
        Assert.Empty(Faults(Add()));
        Assert.Empty(Faults(Add("topped_up", fen: 50_00)));
        Assert.Equal([("at", "appeals.at_out_of_range")], Faults(Add(day: -1)));
        Assert.Equal([("at", "appeals.at_out_of_range")], Faults(Add(day: 21)));
    }

    [Theory]
    [InlineData("paid")]
    [InlineData("refunded")]
    [InlineData("closed")]
    [InlineData("rejected")]
    [InlineData("void")]
    [InlineData("")]
    public void What_moves_real_money_or_ends_an_order_has_another_way(string kind) =>
        Assert.Equal([("kind", "appeals.kind_unknown")], Faults(Add(kind)));

    [Fact]
    public void A_fact_says_what_settlement_needs_of_it()
    {
        Assert.Equal([("amount", "appeals.amount_missing")], Faults(Add("topped_up")));
        Assert.Equal([("amount", "appeals.amount_invalid")], Faults(Add("topped_up", fen: -1)));
        Assert.Equal([("attributes", "appeals.stage_missing")], Faults(Add("upstream_confirmed")));
        Assert.Empty(Faults(Add("upstream_confirmed", attributes: ("stage", "first"))));
    }

    [Fact]
    public void Only_a_fact_of_the_order_that_stands_may_be_withdrawn()
    {
        Assert.Empty(Faults(new FactChange.Void(Activated)));
        foreach (var other in new[] { ToppedUp, Paid, new(Guid.Empty) })
            Assert.Equal([("fact", "appeals.fact_unknown")], Faults(new FactChange.Void(other)));
    }

    [Fact]
    public void A_rejection_changes_nothing()
    {
        Assert.Empty(Faults(new FactChange.Nothing(), Verdict.Rejected));
        Assert.Equal([("change", "appeals.rejected_changes_nothing")], Faults(Add(), Verdict.Rejected));
        Assert.Equal([("change", "appeals.rejected_changes_nothing")], Faults(new FactChange.Void(Activated), Verdict.Rejected));
    }

    [Fact]
    public void Attributes_are_read_line_by_line()
    {
        var read = FactRules.ReadAttributes("stage = first\r\n\n month=2026-03 ").Value;

        Assert.Equal([("month", "2026-03"), ("stage", "first")], read.Select(a => (a.Key, a.Value)).Order());
        Assert.Empty(FactRules.ReadAttributes(null).Value);
        foreach (var wrong in new[] { "stage", "=first", "Stage=first", "stage=", "a=1\na=2", $"a={new string('x', 101)}" })
            Assert.Equal("appeals.attribute_invalid", FactRules.ReadAttributes(wrong).Refusals[0].Code);
        var many = string.Join('\n', "abcdefghi".Select(c => $"{c}=1"));
        Assert.Equal("appeals.too_many_attributes", FactRules.ReadAttributes(many).Refusals[0].Code);
    }
}
