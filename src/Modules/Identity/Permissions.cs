namespace HaoSuan.Identity;

/// <summary>Which roles satisfy which policy of the operator's staff.</summary>
internal static class Permissions
{
    public static readonly IReadOnlyDictionary<string, Role[]> OfStaff = new Dictionary<string, Role[]>(StringComparer.Ordinal)
    {
        [Policies.Office] = [Role.Admin, Role.Finance, Role.Operations],
        [Policies.Finance] = [Role.Admin, Role.Finance],
        [Policies.Operations] = [Role.Admin, Role.Operations],
        [Policies.Schemes] = [Role.Admin, Role.Finance, Role.Operations],
        [Policies.Cases] = [Role.Admin, Role.Finance, Role.Operations],
        [Policies.Admin] = [Role.Admin],
    };
}
