namespace HaoSuan.Leases;

/// <summary>The way of a lease: state, event and time in, the next state or a refusal by name out. The table stands in docs/leases.md.</summary>
internal static class LeaseLife
{
    /// <summary>So many days after its return was announced a device has to be back.</summary>
    public const int DaysToSend = 30;

    public static Result<LeaseState> Next(LeaseState state, LeaseEvent what, Instant at) => (what, state) switch
    {
        (LeaseEvent.Paid, LeaseState.AwaitingPayment) => LeaseState.ToShip,
        (LeaseEvent.PaymentLapsed lapsed, LeaseState.AwaitingPayment) => From(lapsed.Until, at, LeaseState.Cancelled),
        (LeaseEvent.CalledOff, LeaseState.AwaitingPayment or LeaseState.ToShip) => LeaseState.Cancelled,
        (LeaseEvent.HandedOver, LeaseState.ToShip) => LeaseState.Active,
        (LeaseEvent.FellOverdue late, LeaseState.Active) => From(late.Until, at, LeaseState.Overdue),
        (LeaseEvent.ArrearsCleared, LeaseState.Overdue) => LeaseState.Active,
        (LeaseEvent.ReturnAnnounced, LeaseState.Active or LeaseState.Overdue) => LeaseState.Returning,
        (LeaseEvent.ReturnWithdrawn, LeaseState.Returning) => LeaseState.Active,
        (LeaseEvent.ReturnLapsed lapsed, LeaseState.Returning) => From(lapsed.Until, at, LeaseState.Active),
        (LeaseEvent.CameBack, LeaseState.Active or LeaseState.Overdue or LeaseState.Returning) => LeaseState.Inspecting,
        (LeaseEvent.Inspected ended, LeaseState.Inspecting) => Closed(ended.Owes),
        (LeaseEvent.DeclaredLost ended, LeaseState.Active or LeaseState.Overdue or LeaseState.Returning) => Closed(ended.Owes),
        (LeaseEvent.BuyOutAsked, LeaseState.Active) => LeaseState.BuyingOut,
        (LeaseEvent.BuyOutWithdrawn, LeaseState.BuyingOut) => LeaseState.Active,
        (LeaseEvent.BuyOutLapsed lapsed, LeaseState.BuyingOut) => From(lapsed.Until, at, LeaseState.Active),
        (LeaseEvent.BuyOutPaid, LeaseState.BuyingOut) => LeaseState.BoughtOut,
        (LeaseEvent.Settled, LeaseState.Owing) => LeaseState.Ended,
        _ => new Refusal(Why(state)),
    };

    /// <summary>Whether months are billed.</summary>
    public static bool IsRunning(LeaseState state) => state is LeaseState.Active or LeaseState.Overdue;

    /// <summary>Whether the consumer has the device, and may choose how the lease ends.</summary>
    public static bool IsWithConsumer(LeaseState state) => IsRunning(state) || state is LeaseState.Returning or LeaseState.BuyingOut;

    /// <summary>Whether nothing can happen any more.</summary>
    public static bool IsOver(LeaseState state) => state is LeaseState.Ended or LeaseState.BoughtOut or LeaseState.Cancelled;

    private static LeaseState Closed(bool owes) => owes ? LeaseState.Owing : LeaseState.Ended;

    private static Result<LeaseState> From(Instant until, Instant at, LeaseState next) => at >= until ? next : new Refusal("leases.not_yet");

    private static string Why(LeaseState state) => state switch
    {
        LeaseState.AwaitingPayment => "leases.not_paid",
        LeaseState.ToShip => "leases.not_handed_over",
        LeaseState.Active => "leases.running",
        LeaseState.Overdue => "leases.overdue",
        LeaseState.Returning => "leases.returning",
        LeaseState.Inspecting => "leases.inspecting",
        LeaseState.BuyingOut => "leases.buying_out",
        LeaseState.Owing => "leases.owing",
        LeaseState.Ended or LeaseState.BoughtOut or LeaseState.Cancelled => "leases.over",
    };
}
