using System.Text.RegularExpressions;
using Xunit;

namespace HaoSuan.Tests.Architecture;

/// <summary>Arrows only point down: a project may reference what stands in a lower row, and nothing beside or above it.</summary>
public sealed partial class DirectionTests
{
    private static readonly string[][] Rows =
    [
        ["Kernel"],
        ["Settling"],
        ["Platform", "Ui"],
        ["Identity", "Tenancy"],
        ["Notifications"],
        ["Exceptions"],
        ["Catalog", "Ledger"],
        ["Distributors"],
        ["Inventory", "Payments", "Upstreams"],
        ["Orders"],
        ["Invoices"],
        ["Leases", "Payouts", "Settlements"],
        ["Appeals", "Outlook", "Reconciliation"],
        ["OpenApi", "Reports", "Support"],
        ["Sandbox"],
        ["Cli"],
        ["Web"],
    ];

    [Fact]
    public void Projects_reference_only_what_stands_below_them() => Faults.None(Projects.SelectMany(Upward));

    [Fact]
    public void Only_the_host_knows_the_sandbox() =>
        Assert.DoesNotContain(Projects, p => References(p).Contains("Sandbox") && p.Project is not ("Cli" or "Web"));

    [Theory]
    [InlineData("Kernel")]
    [InlineData("Settling")]
    public void The_pure_projects_use_no_package(string project) =>
        Faults.None(Projects.Where(p => p.Project == project).SelectMany(p => p.Faults(p.Text, PackageReference(), "stays pure")));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Source.All.Single(s => s.Path == "HaoSuan.slnx").Text;

        Assert.All(Source.All.Select(s => s.Path).Where(p => p.EndsWith(".csproj", StringComparison.Ordinal)),
            path => Assert.Contains($"\"{path}\"", solution, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("src/Kernel/Kernel.csproj", "../Settling/Settling.csproj")]
    [InlineData("src/Modules/Orders/Orders.csproj", "../Invoices/Invoices.csproj")]
    [InlineData("src/Modules/Payments/Payments.csproj", "../Upstreams/Upstreams.csproj")]
    [InlineData("src/Unheard/Unheard.csproj", "../Kernel/Kernel.csproj")]
    public void An_arrow_that_does_not_point_down_is_found(string path, string reference) =>
        Assert.NotEmpty(Upward(new Source(path, $"""<ProjectReference Include="{reference}" />""")));

    private static IEnumerable<Source> Projects =>
        Source.In("src").Where(s => s.Path.EndsWith(".csproj", StringComparison.Ordinal));

    private static IEnumerable<string> Upward(Source project)
    {
        var row = RowOf(project.Project);
        if (row < 0)
            yield return $"{project.Path}: not in the order of projects; give it its row in DirectionTests";
        foreach (var reference in References(project).Where(r => RowOf(r) >= row))
            yield return $"{project.Path}: may not reference {reference}";
    }

    private static int RowOf(string project) => Array.FindIndex(Rows, row => row.Contains(project));

    private static List<string> References(Source project) =>
        [.. ProjectReference().Matches(project.Text).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"<ProjectReference\s+Include=""[^""]*?(\w+)\.csproj""")]
    private static partial Regex ProjectReference();

    [GeneratedRegex("<PackageReference|<FrameworkReference")]
    private static partial Regex PackageReference();
}
