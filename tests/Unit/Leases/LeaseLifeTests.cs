using HaoSuan.Leases;
using Xunit;

namespace HaoSuan.Tests.Unit.Leases;

public sealed class LeaseLifeTests
{
    private static readonly Instant Now = Instant.From(new(2026, 3, 1, 10, 0, 0, TimeSpan.FromHours(8)));
    private static readonly Instant Later = Now + TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, LeaseEvent> Events = new(StringComparer.Ordinal)
    {
        ["Paid"] = new LeaseEvent.Paid(),
        ["PaymentLapsed"] = new LeaseEvent.PaymentLapsed(Now),
        ["CalledOff"] = new LeaseEvent.CalledOff(),
        ["HandedOver"] = new LeaseEvent.HandedOver(),
        ["FellOverdue"] = new LeaseEvent.FellOverdue(Now),
        ["ArrearsCleared"] = new LeaseEvent.ArrearsCleared(),
        ["ReturnAnnounced"] = new LeaseEvent.ReturnAnnounced(),
        ["ReturnWithdrawn"] = new LeaseEvent.ReturnWithdrawn(),
        ["ReturnLapsed"] = new LeaseEvent.ReturnLapsed(Now),
        ["CameBack"] = new LeaseEvent.CameBack(),
        ["Inspected"] = new LeaseEvent.Inspected(false),
        ["Inspected, owes"] = new LeaseEvent.Inspected(true),
        ["DeclaredLost"] = new LeaseEvent.DeclaredLost(false),
        ["DeclaredLost, owes"] = new LeaseEvent.DeclaredLost(true),
        ["BuyOutAsked"] = new LeaseEvent.BuyOutAsked(),
        ["BuyOutWithdrawn"] = new LeaseEvent.BuyOutWithdrawn(),
        ["BuyOutLapsed"] = new LeaseEvent.BuyOutLapsed(Now),
        ["BuyOutPaid"] = new LeaseEvent.BuyOutPaid(),
        ["Settled"] = new LeaseEvent.Settled(),
    };

    // The table of docs/leases.md: what is not in it is refused.
    private static readonly Dictionary<(LeaseState, string), LeaseState> Steps = new()
    {
        [(LeaseState.AwaitingPayment, "Paid")] = LeaseState.ToShip,
        [(LeaseState.AwaitingPayment, "PaymentLapsed")] = LeaseState.Cancelled,
        [(LeaseState.AwaitingPayment, "CalledOff")] = LeaseState.Cancelled,
        [(LeaseState.ToShip, "CalledOff")] = LeaseState.Cancelled,
        [(LeaseState.ToShip, "HandedOver")] = LeaseState.Active,
        [(LeaseState.Active, "FellOverdue")] = LeaseState.Overdue,
        [(LeaseState.Active, "ReturnAnnounced")] = LeaseState.Returning,
        [(LeaseState.Active, "CameBack")] = LeaseState.Inspecting,
        [(LeaseState.Active, "DeclaredLost")] = LeaseState.Ended,
        [(LeaseState.Active, "DeclaredLost, owes")] = LeaseState.Owing,
        [(LeaseState.Active, "BuyOutAsked")] = LeaseState.BuyingOut,
        [(LeaseState.Overdue, "ArrearsCleared")] = LeaseState.Active,
        [(LeaseState.Overdue, "ReturnAnnounced")] = LeaseState.Returning,
        [(LeaseState.Overdue, "CameBack")] = LeaseState.Inspecting,
        [(LeaseState.Overdue, "DeclaredLost")] = LeaseState.Ended,
        [(LeaseState.Overdue, "DeclaredLost, owes")] = LeaseState.Owing,
        [(LeaseState.Returning, "ReturnWithdrawn")] = LeaseState.Active,
        [(LeaseState.Returning, "ReturnLapsed")] = LeaseState.Active,
        [(LeaseState.Returning, "CameBack")] = LeaseState.Inspecting,
        [(LeaseState.Returning, "DeclaredLost")] = LeaseState.Ended,
        [(LeaseState.Returning, "DeclaredLost, owes")] = LeaseState.Owing,
        [(LeaseState.Inspecting, "Inspected")] = LeaseState.Ended,
        [(LeaseState.Inspecting, "Inspected, owes")] = LeaseState.Owing,
        [(LeaseState.BuyingOut, "BuyOutPaid")] = LeaseState.BoughtOut,
        [(LeaseState.BuyingOut, "BuyOutWithdrawn")] = LeaseState.Active,
        [(LeaseState.BuyingOut, "BuyOutLapsed")] = LeaseState.Active,
        [(LeaseState.Owing, "Settled")] = LeaseState.Ended,
    };

    private static readonly Dictionary<LeaseState, string> Whys = new()
    {
        [LeaseState.AwaitingPayment] = "leases.not_paid",
        [LeaseState.ToShip] = "leases.not_handed_over",
        [LeaseState.Active] = "leases.running",
        [LeaseState.Overdue] = "leases.overdue",
        [LeaseState.Returning] = "leases.returning",
        [LeaseState.Inspecting] = "leases.inspecting",
        [LeaseState.BuyingOut] = "leases.buying_out",
        [LeaseState.Owing] = "leases.owing",
        [LeaseState.Ended] = "leases.over",
        [LeaseState.BoughtOut] = "leases.over",
        [LeaseState.Cancelled] = "leases.over",
    };

    public static TheoryData<LeaseState, string> All =>
        new(Enum.GetValues<LeaseState>().SelectMany(s => Events.Keys.Select(e => (s, e))));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_state_knows_what_every_event_brings(LeaseState state, string happened)
    {
        var next = LeaseLife.Next(state, Events[happened], Now);

        if (Steps.TryGetValue((state, happened), out var expected)) Assert.Equal(expected, next.Value);
        else Assert.Equal(Whys[state], Assert.Single(next.Refusals).Code);
    }

    [Fact]
    public void What_is_bound_to_a_time_is_refused_before_it()
    {
        Assert.Equal("leases.not_yet", LeaseLife.Next(LeaseState.AwaitingPayment, new LeaseEvent.PaymentLapsed(Later), Now).Refusals[0].Code);
        Assert.Equal("leases.not_yet", LeaseLife.Next(LeaseState.Active, new LeaseEvent.FellOverdue(Later), Now).Refusals[0].Code);
        Assert.Equal("leases.not_yet", LeaseLife.Next(LeaseState.Returning, new LeaseEvent.ReturnLapsed(Later), Now).Refusals[0].Code);
        Assert.Equal("leases.not_yet", LeaseLife.Next(LeaseState.BuyingOut, new LeaseEvent.BuyOutLapsed(Later), Now).Refusals[0].Code);
    }

    [Fact]
    public void Every_state_that_is_not_over_can_be_left() =>
        Assert.All(Enum.GetValues<LeaseState>(), s => Assert.NotEqual(LeaseLife.IsOver(s), Steps.Keys.Any(k => k.Item1 == s)));
}
