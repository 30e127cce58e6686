using System.CommandLine;

namespace HaoSuan.Web;

/// <summary>The option that every verb with a database has, and how such a verb begins.</summary>
internal static class DatabaseOption
{
    private const int CannotStart = 2;

    public static readonly Option<string?> Of = new("--database")
    {
        Description = "The path of a SQLite file, or a connection string (\"Host=…\" for PostgreSQL)",
    };

    /// <summary>Runs the verb with the settings; what is wrong with them is one line on standard error.</summary>
    public static async Task<int> With(ParseResult parsed, Func<ParseResult, Settings, Task> verb, bool demo = false)
    {
        try
        {
            var settings = Settings.Read(parsed.GetValue(Of), demo);
            if (settings.Notice is { } notice) await parsed.InvocationConfiguration.Output.WriteLineAsync(notice);
            await verb(parsed, settings);
            return 0;
        }
        catch (SettingsException e)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"haosuan: {e.Message}");
            return CannotStart;
        }
    }

    /// <summary>The services of a verb that serves nothing.</summary>
    public static ServiceProvider Services(Settings settings) =>
        new ServiceCollection().AddLogging(l => l.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning)).AddHaoSuan(settings).BuildServiceProvider();
}
