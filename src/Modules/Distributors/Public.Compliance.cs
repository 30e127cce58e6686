namespace HaoSuan.Distributors;

/// <summary>An upstream's written authorisation (授权书) for a distributor: MIIT forbids channels to appoint others without it (工信部 2016 (五)).</summary>
/// <param name="Document">The number of the paper.</param>
/// <param name="Scope">What it allows, as it says.</param>
/// <param name="Until">From this instant on it holds no more.</param>
/// <param name="RecordedBy">As the audit log names him.</param>
public sealed record Authorisation(
    Guid Id, DistributorId Distributor, UpstreamId Upstream, string Document, string Scope, Instant From, Instant Until, Instant RecordedAt,
    string RecordedBy, Instant? RevokedAt, string? RevokeReason)
{
    public bool HoldsAt(Instant at) => From <= at && at < Until && !(RevokedAt <= at);
}

/// <summary>What is asked of <see cref="Authorisations"/>, in days of the operator's calendar, the last one included.</summary>
public sealed record NewAuthorisation(DistributorId Distributor, UpstreamId Upstream, string Document, string Scope, DateOnly From, DateOnly Last);

/// <summary>That a distributor has accepted a version of the contract, or of the promotion rules.</summary>
public sealed record Acceptance(DistributorId Distributor, int Version, string Sha256, Instant At);

/// <summary>What was asked, and decided, about how many levels there may be (层级上限).</summary>
/// <param name="AskedBy">As the audit log names him.</param>
/// <param name="Approved">Null while it is not decided.</param>
public sealed record LevelLimitStep(
    int Number, int Levels, string Reason, Instant AskedAt, string AskedBy, Instant? DecidedAt, string? DecidedBy, bool? Approved);

/// <summary>How a branch stands to the criminal threshold (追诉标准(二) §78): three levels and thirty persons.</summary>
public enum ThresholdState
{
    Clear,

    /// <summary>Three levels and twenty-four persons, or thirty persons and one level less.</summary>
    Near,

    Reached,
}

/// <summary>The two numbers of the criminal threshold, of one branch.</summary>
public sealed record RootFigures(Distributor Root, int Levels, int Persons, ThresholdState State);
