namespace HaoSuan.Platform;

/// <summary>Names of authorization policies: <c>group.RequireAuthorization(Policies.Office)</c>.</summary>
public static class Policies
{
    /// <summary>Everybody who works for the operator.</summary>
    public const string Office = "office";

    public const string Finance = "finance";
    public const string Operations = "operations";
    public const string Admin = "admin";

    /// <summary>Whoever writes how products pay: finance and operations.</summary>
    public const string Schemes = "schemes";

    /// <summary>Whoever deals with what has gone wrong: finance and operations. Which of them, each case says.</summary>
    public const string Cases = "cases";

    /// <summary>A distributor.</summary>
    public const string Agent = "agent";

    /// <summary>Everybody who is signed in.</summary>
    public const string SignedIn = "signed-in";
}
