namespace HaoSuan.Exceptions;

/// <summary>Whose work cases are: the departments that kinds name, and those that every operator has.</summary>
internal sealed class Departments(IEnumerable<Comparer> comparers)
{
    public IReadOnlyList<string> All { get; } =
        [.. new[] { Policies.Finance, Policies.Operations, Policies.Admin }.Concat(comparers.SelectMany(c => c.Kinds).Select(k => k.Department)).Distinct()];

    public static string NameOf(string department) => department switch
    {
        Policies.Finance => "财务",
        Policies.Operations => "运营",
        Policies.Admin => "管理员",
        Policies.Office => "全体员工",
        _ => department,
    };
}
