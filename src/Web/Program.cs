using HaoSuan.Cli;
using HaoSuan.Web;

// A verb that needs no server never touches the types of one, so it starts as fast as a tool.
var root = HaoSuanCommand.Create();
root.Add(ServeCommand.Create());
root.Add(MigrateCommand.Create());
root.Add(TenantCommand.Create());
root.Add(DemoCommand.Create());
return await root.Parse(ServeCommand.IsMeantBy(args) ? [ServeCommand.Name, .. args] : args).InvokeAsync();
