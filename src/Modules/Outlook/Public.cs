using HaoSuan.Settling.Outlook;

namespace HaoSuan.Outlook;

/// <summary>How a warning ended.</summary>
public enum WarningOutcome
{
    /// <summary>已达成: what had to happen has happened, or what must not has not.</summary>
    Met,

    /// <summary>已错过: the money is lost, unless a fact is learned late.</summary>
    Missed,

    /// <summary>已解除: the ground has gone, like a withdrawn fact.</summary>
    Lifted,
}

/// <summary>A deadline of an order that is near (预警), for one distributor in its chain.</summary>
/// <param name="StageName">Empty for a clawback.</param>
/// <param name="Deadline">What happens at this instant or later is too late, or does no harm.</param>
/// <param name="Amount">What is gained or lost; null where it depends on facts to come.</param>
/// <param name="Advice">What has to happen, or must not; null where the order has moved on since it was watched.</param>
public sealed record Warning(
    OrderId OrderId, string OrderNo, DistributorId DistributorId, ProductId ProductId, DeadlineKind Kind, string StageName, Instant Deadline,
    Money? Amount, string? Advice);

/// <summary>What is at stake in one product until one instant, over all distributors.</summary>
public sealed record WarningTotal(Instant Deadline, ProductId ProductId, int Orders, Money Amount);

/// <summary>How the warnings of a span of time ended.</summary>
public sealed record WarningsEnded(WarningOutcome Outcome, int Orders, Money Amount);

/// <summary>A day of the forecast (放款预测).</summary>
/// <param name="Awaiting">What is released on that day at the earliest, once the upstream has confirmed it.</param>
public sealed record ForecastDay(DateOnly Day, Money Certain, Money Expected, Money Awaiting, int Orders)
{
    public Money Total => Certain + Expected + Awaiting;
}

/// <summary>What one stage of an order is going to release on a day.</summary>
public sealed record ExpectedRelease(OrderId OrderId, string OrderNo, string StageName, Certainty Certainty, Money Amount);

/// <summary>What a distributor can withdraw now, and from which day on a payout is possible by what is going to be released.</summary>
/// <param name="Now">Zero where a payout is not possible yet.</param>
/// <param name="From">The first day on which the balance suffices for a payout; null where a payout is possible now, or on no day.</param>
/// <param name="Then">What can be withdrawn on that day.</param>
/// <param name="IsExpected">That day counts on what is expected, not only on what is certain.</param>
public sealed record PayoutExpectation(Money Now, DateOnly? From, Money Then, bool IsExpected);

/// <summary>A deadline has come near, or is open again: for whoever tells the distributor.</summary>
/// <param name="Stage">The stage's name; empty for a clawback.</param>
/// <param name="Amount">Zero where it depends on facts to come.</param>
public sealed record WarningRaised(
    OrderId OrderId, string OrderNo, DistributorId DistributorId, DeadlineKind Kind, string Stage, Instant Deadline, Money Amount) : IEvent;
