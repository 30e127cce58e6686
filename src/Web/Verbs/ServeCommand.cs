using System.CommandLine;
using HaoSuan.Web.Demo;

namespace HaoSuan.Web;

/// <summary>haosuan serve: the default verb.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    private static readonly Option<string[]> Urls = new("--urls")
    {
        Description = "Where to listen, separated by semicolons (default http://localhost:5000)",
        CustomParser = result => [.. result.Tokens.SelectMany(t => t.Value.Split(';', StringSplitOptions.RemoveEmptyEntries))],
    };

    private static readonly Option<ProcessRole> Role = new("--role")
    {
        Description = "web: pages only; worker: jobs only; all: both",
        DefaultValueFactory = _ => ProcessRole.All,
    };

    private static readonly Option<bool> Demo = new("--demo") { Description = "Serve a made-up operator, in a database of its own" };

    public static Command Create()
    {
        var command = new Command(Name, "Serve the shop, the agents' portal and the back office, and do the jobs") { Urls, DatabaseOption.Of, Role, Demo };
        command.SetAction(parsed => DatabaseOption.With(parsed, Serve, parsed.GetValue(Demo)));
        return command;
    }

    /// <summary>Nothing, or options only, mean this verb.</summary>
    public static bool IsMeantBy(string[] args) => args is [] || (args[0] is ['-', '-', ..] and not ("--help" or "--version"));

    private static async Task Serve(ParseResult parsed, Settings settings)
    {
        var urls = parsed.GetValue(Urls) ?? [];
        var told = settings with { Role = parsed.GetValue(Role) };
        if (settings.Demo) await ServeDemo.RunAsync(told, urls, parsed.InvocationConfiguration.Output);
        else await Host.RunAsync(told, urls, _ => Task.CompletedTask);
    }
}
