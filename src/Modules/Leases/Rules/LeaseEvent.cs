namespace HaoSuan.Leases;

/// <summary>What may happen to a lease. What is bound to a time carries it.</summary>
internal abstract record LeaseEvent
{
    private LeaseEvent() { }

    /// <summary>The name under which it is kept.</summary>
    public string Name => GetType().Name;

    /// <summary>Deposit and first month have arrived.</summary>
    internal sealed record Paid : LeaseEvent;

    /// <summary>They have not, by that instant.</summary>
    internal sealed record PaymentLapsed(Instant Until) : LeaseEvent;

    internal sealed record CalledOff : LeaseEvent;

    internal sealed record HandedOver : LeaseEvent;

    /// <summary>A bill that was due until then is not paid.</summary>
    internal sealed record FellOverdue(Instant Until) : LeaseEvent;

    internal sealed record ArrearsCleared : LeaseEvent;

    internal sealed record ReturnAnnounced : LeaseEvent;

    internal sealed record ReturnWithdrawn : LeaseEvent;

    /// <summary>The device was not sent back by that instant.</summary>
    internal sealed record ReturnLapsed(Instant Until) : LeaseEvent;

    /// <summary>The device has arrived in the warehouse, announced or not.</summary>
    internal sealed record CameBack : LeaseEvent;

    /// <param name="Owes">More than the deposit.</param>
    internal sealed record Inspected(bool Owes) : LeaseEvent;

    /// <param name="Owes">More than the deposit.</param>
    internal sealed record DeclaredLost(bool Owes) : LeaseEvent;

    internal sealed record BuyOutAsked : LeaseEvent;

    internal sealed record BuyOutWithdrawn : LeaseEvent;

    internal sealed record BuyOutLapsed(Instant Until) : LeaseEvent;

    internal sealed record BuyOutPaid : LeaseEvent;

    /// <summary>What was owed in the end is paid, or written off.</summary>
    internal sealed record Settled : LeaseEvent;
}
