namespace HaoSuan.Upstreams.Wire;

/// <summary>Who applies for the card. Personal: it goes into the body of the call and nowhere else.</summary>
public sealed record Applicant(string Name, string IdNumber, string Phone, string Province, string City, string District, string Address)
{
    public override string ToString() => "Applicant";
}

/// <param name="OrderNo">Ours: unique for ever.</param>
/// <param name="Product">The product as this upstream names it.</param>
/// <param name="Number">The phone number that the consumer chose, where there is a choice.</param>
/// <param name="CallbackUrl">Where the upstream tells what becomes of it.</param>
public sealed record UpstreamOrder(string OrderNo, string Product, Applicant Applicant, Uri CallbackUrl, string? Number = null)
{
    public override string ToString() => $"Order {OrderNo} of {Product}";
}

public abstract record Submission
{
    private Submission() { }

    public sealed record Taken(string UpstreamOrderNo) : Submission;

    /// <summary>The upstream said no: nothing was ordered.</summary>
    public sealed record Refused(string Code, string Message) : Submission;

    /// <summary>Nobody knows whether it arrived: query it before handing it over again.</summary>
    public sealed record Unknown(string Why) : Submission;
}

/// <summary>What an upstream says to the wish to have an order back.</summary>
public abstract record Withdrawal
{
    private Withdrawal() { }

    /// <summary>The order has ended there and nothing of it is shipped any more.</summary>
    public sealed record Withdrawn : Withdrawal;

    /// <summary>It goes on, because it is shipped or in use, or for a reason of the upstream's own.</summary>
    public sealed record Refused(string Reason) : Withdrawal;

    /// <summary>No answer, none to rely on, or none yet: ask again.</summary>
    public sealed record Unknown(string Why) : Withdrawal;
}

/// <param name="NotFound">Those of the orders asked for that the upstream does not know.</param>
public sealed record UpstreamAnswer(IReadOnlyList<UpstreamReport> Reports, IReadOnlyList<string> NotFound);

/// <summary>
/// One thing that happened to an order, as the upstream tells it. The same <see cref="EventId"/> is the same thing, however
/// often and by whatever way it is told: keep the first.
/// </summary>
/// <param name="OrderNo">Ours.</param>
/// <param name="Kind">A word of <c>FactKind</c>; <see cref="Unrecognised"/> for a status that we have no word for.</param>
/// <param name="At">When it happened; where the upstream does not tell (<see cref="AtIsTold"/>), when we learned it.</param>
public sealed record UpstreamReport(string OrderNo, string UpstreamOrderNo, string Kind, Instant At, bool AtIsTold, string EventId)
{
    public const string Unrecognised = "unrecognised";

    /// <summary>Of a top-up: what was paid.</summary>
    public Money? Amount { get; init; }

    /// <summary>What else is known, as schemes name it: kind, month, iccid, phone, courier, tracking_no, remark, status.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public override string ToString() => $"{EventId} at {At}";
}
