using HaoSuan.Tests.Browser;

[assembly: AssemblyFixture(typeof(Chrome))]
[assembly: AssemblyFixture(typeof(Installation))]

// Journeys share one installation, and each lets everything that is on its way arrive.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
