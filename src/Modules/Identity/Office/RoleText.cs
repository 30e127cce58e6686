namespace HaoSuan.Identity;

internal static class RoleText
{
    public static string Of(Role role) => role switch
    {
        Role.Admin => "管理员",
        Role.Finance => "财务",
        Role.Operations => "运营",
        Role.Distributor => "分销商",
    };
}
