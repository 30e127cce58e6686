using System.CommandLine;

namespace HaoSuan.Web;

/// <summary>haosuan migrate: brings the database up to date and ends. For an installation whose processes may not change tables.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database up to date, as its owner") { DatabaseOption.Of };
        command.SetAction(parsed => DatabaseOption.With(parsed, Migrate));
        return command;
    }

    private static async Task Migrate(ParseResult parsed, Settings settings)
    {
        await using var services = DatabaseOption.Services(settings);
        services.GetRequiredService<Migrator>().Migrate();
        await parsed.InvocationConfiguration.Output.WriteLineAsync("The database is up to date.");
    }
}
