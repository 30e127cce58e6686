using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>How a line is named on its posting: <c>stage/instance/role</c>. The account says whose it is and in which state.</summary>
internal readonly record struct LineLabel(string Stage, string Instance, Role Role)
{
    public static LineLabel Of(LineKey key) => new(key.Stage, key.Instance, key.Role);

    public override string ToString() => $"{Stage}/{Instance}/{Role.Name()}";

    /// <summary>A stage may have slashes in its key; instances and roles have none.</summary>
    public static LineLabel Parse(string text)
    {
        var role = text.LastIndexOf('/');
        var instance = text.LastIndexOf('/', role - 1);
        return new(text[..instance], text[(instance + 1)..role], Roles[text[(role + 1)..]]);
    }

    private static readonly Dictionary<string, Role> Roles = Enum.GetValues<Role>().ToDictionary(r => r.Name(), StringComparer.Ordinal);
}
