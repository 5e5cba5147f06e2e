-- Qué se cargó, qué filas trajo y cómo se deshace; y las reglas que sugieren códigos.

create table reglas (
    regla_id varchar primary key,
    libro_id varchar not null,
    faceta varchar not null,
    codigo varchar not null,
    expresion varchar not null,
    foreign key (libro_id, faceta, codigo) references codigos (libro_id, faceta, codigo)
);
comment on table reglas is 'Palabras del libro de códigos que sugieren un código. Sugerir no es codificar.';
comment on column reglas.regla_id is 'Clave de la regla.';
comment on column reglas.libro_id is 'Versión del libro.';
comment on column reglas.faceta is 'Faceta del código que sugiere.';
comment on column reglas.codigo is 'Código que sugiere.';
comment on column reglas.expresion is 'Comienzo de palabra o frase, en minúsculas y sin tildes.';

create table cargas (
    carga_id varchar primary key,
    momento timestamp not null,
    quien varchar not null,
    clase varchar not null check (clase in ('informe', 'acta', 'texto')),
    archivo varchar not null,
    sha256 varchar not null check (length(sha256) = 64),
    estado varchar not null
    check (estado in ('vigente', 'reemplazada', 'deshaciendo', 'deshecha')),
    reemplaza_a varchar,
    resumen varchar not null
);
comment on table cargas is 'Cada archivo que se cargó. Una carga se puede deshacer entera.';
comment on column cargas.carga_id is 'Clave de la carga.';
comment on column cargas.momento is 'Momento de la carga, en UTC.';
comment on column cargas.quien is 'Seudónimo o cuenta.';
comment on column cargas.clase is 'Uno de: informe, acta, texto (de un documento ya conocido).';
comment on column cargas.archivo is 'Nombre del archivo, tal como llegó.';
comment on column cargas.sha256 is 'Huella SHA-256 del archivo.';
comment on column cargas.estado is 'Uno de: vigente, reemplazada (por una versión corregida), deshaciendo, deshecha.';
comment on column cargas.reemplaza_a is 'Carga anterior que esta corrige, si la hay.';
comment on column cargas.resumen is 'Qué trajo, en una frase.';

create table cargas_filas (
    carga_id varchar not null references cargas (carga_id),
    orden integer not null,
    tabla varchar not null,
    clave varchar not null,
    antes varchar,
    primary key (carga_id, orden)
);
comment on table cargas_filas is 'Las filas que una carga agregó o cambió: con ellas se deshace.';
comment on column cargas_filas.carga_id is 'Carga.';
comment on column cargas_filas.orden is 'En qué orden se escribieron, desde 1.';
comment on column cargas_filas.tabla is 'Tabla.';
comment on column cargas_filas.clave is 'Llave primaria de la fila, en JSON.';
comment on column cargas_filas.antes is 'Valores anteriores de lo que cambió, en JSON; vacío si la fila es nueva.';

create table retirados (
    enunciado_id varchar primary key references enunciados (enunciado_id),
    carga_id varchar not null
);
comment on table retirados is 'Enunciados que una versión corregida de su acta dejó sin efecto. Se conservan.';
comment on column retirados.enunciado_id is 'Enunciado que ya no rige.';
comment on column retirados.carga_id is 'Carga que lo reemplazó.';

create table sin_pregunta (
    enunciado_id varchar primary key references enunciados (enunciado_id)
);
comment on table sin_pregunta is 'Enunciados cargados de los que nadie decidió qué pregunta responden.';
comment on column sin_pregunta.enunciado_id is 'Enunciado.';

create table actas (
    mesa_id varchar primary key references mesas (mesa_id),
    soporte varchar check (soporte in ('papel', 'digital', 'solo_informe')),
    documento_id varchar references documentos (documento_id)
);
comment on table actas is 'En qué soporte quedó el registro de cada mesa.';
comment on column actas.mesa_id is 'Mesa.';
comment on column actas.soporte is 'Uno de: papel (acta firmada), digital, solo_informe; vacío si no consta.';
comment on column actas.documento_id is 'Acta cargada; vacío si solo está el informe.';
