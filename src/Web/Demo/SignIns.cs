namespace HaoSuan.Web.Demo;

/// <summary>The sign-ins of a demonstration, which everybody may know.</summary>
internal static class SignIns
{
    public const string Slug = "demo";
    public const string Operator = "示例号卡";
    public const string Password = "haosuan-2026";
    public const string Top = "xunda";
    public const string Second = "campus";

    public static readonly IReadOnlyList<(string Name, string Who)> All =
        [("admin", "管理员"), ("finance", "财务"), ("operations", "运营"), (Top, "一级分销商"), (Second, "二级分销商")];
}
