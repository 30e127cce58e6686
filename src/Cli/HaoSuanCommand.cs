using System.CommandLine;

namespace HaoSuan.Cli;

/// <summary>The root of the command line: one verb per file beside this one.</summary>
public static class HaoSuanCommand
{
    public static RootCommand Create() => new("HaoSuan 号算: number cards, settled to the fen")
    {
        ReconcileCommand.Create(),
        SettleCommand.Create(),
        VerifyCommand.Create(),
        ExportCommand.Create(),
    };
}
