using System.CommandLine;
using HaoSuan.Cli;

namespace HaoSuan.Tests.Engine;

/// <summary>A verb of the command line, called in this process.</summary>
internal static class Verb
{
    public static async Task<(int Exit, string Output, string Error)> Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await HaoSuanCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (exit, output.ToString(), error.ToString());
    }
}
