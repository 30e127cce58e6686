using System.CommandLine;
using System.Text.RegularExpressions;
using HaoSuan.Identity;
using Microsoft.Data.Sqlite;

namespace HaoSuan.Tests.Web;

public sealed partial class VerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("haosuan-verbs-").FullName;

    private string Database => Path.Combine(_folder, "verbs.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<(int Code, string Output, string Error)> Run(Command command, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await command.Parse(args).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    [Fact]
    public async Task An_operator_is_added_to_a_fresh_installation_with_a_user_who_can_sign_in()
    {
        var added = await Run(TenantCommand.Create(), "acme", "阿可", "--admin", "boss", "--database", Database);

        Assert.Equal((0, ""), (added.Code, added.Error));
        var password = Password().Match(added.Output).Groups[1].Value;
        await using var services = DatabaseOption.Services(Settings.Read(Database));
        var tenant = await services.GetRequiredService<Tenants>().FindAsync("acme", TestContext.Current.CancellationToken);
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateScope(tenant!);
        var users = scope.ServiceProvider.GetRequiredService<Users>();
        var boss = Assert.Single(await users.AllAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("boss", Role.Admin), (boss.Name, boss.Role));
        Assert.False((await users.ChangePasswordAsync(boss.Id, password, "another horse", TestContext.Current.CancellationToken)).IsRefused);
    }

    [Theory]
    [InlineData("acme", "already")]
    [InlineData("Big-Corp", "lower-case")]
    public async Task An_operator_that_cannot_be_is_one_line_on_standard_error(string slug, string why)
    {
        await Run(TenantCommand.Create(), "acme", "阿可", "--database", Database);

        var refused = await Run(TenantCommand.Create(), slug, "又一家", "--database", Database);

        Assert.Equal(2, refused.Code);
        Assert.Contains(why, Assert.Single(refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrating_twice_is_as_good_as_once()
    {
        Assert.Equal(0, (await Run(MigrateCommand.Create(), "--database", Database)).Code);
        Assert.Equal(0, (await Run(MigrateCommand.Create(), "--database", Database)).Code);
    }

    [GeneratedRegex("with ([0-9a-z]+) and")]
    private static partial Regex Password();
}
