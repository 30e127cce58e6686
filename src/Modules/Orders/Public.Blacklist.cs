using HaoSuan.Catalog;

namespace HaoSuan.Orders;

/// <summary>Somebody of the blacklist (用户黑名单). The value itself is kept nowhere: it is recognised by its keyed hash.</summary>
public sealed record Blacklisted(
    Guid Id, ApplicantKey Key, string Masked, string Reason, string Evidence, Instant AddedAt, string AddedBy, Instant? LiftedAt, string? LiftedBy,
    string? LiftReason);

/// <summary>What is asked of <see cref="AddToBlacklist"/>: whose data, why, and what proves it.</summary>
/// <param name="OrderNo">Takes the value from this order, which nobody has to look at for it.</param>
/// <param name="Value">Or the value itself; an address in full, from the province on.</param>
public sealed record NewBlacklisted(ApplicantKey Key, string OrderNo, string Value, string Reason, string Evidence)
{
    /// <summary>Personal data is not written anywhere by mistake.</summary>
    public override string ToString() => "Blacklist entry";
}
