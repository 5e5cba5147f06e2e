-- Con qué libro, quién y cómo se codificó cada enunciado.

create table libros (
    libro_id varchar primary key,
    nombre varchar not null,
    fecha date not null,
    nota varchar not null
);
comment on table libros is 'Versiones del libro de códigos. Una versión usada no se edita: se hace otra.';
comment on column libros.libro_id is 'Clave de la versión.';
comment on column libros.nombre is 'Nombre de la versión.';
comment on column libros.fecha is 'Fecha desde la que rige.';
comment on column libros.nota is 'Qué cambia o de dónde viene.';

create table codigos (
    libro_id varchar not null references libros (libro_id),
    faceta varchar not null check (faceta in ('naturaleza', 'tipo', 'recurso')),
    codigo varchar not null,
    nombre varchar not null,
    orden integer not null,
    prioridad integer,
    definicion varchar not null,
    incluir varchar,
    excluir varchar,
    ejemplo varchar,
    primary key (libro_id, faceta, codigo)
);
comment on table codigos is 'Los códigos de cada faceta en cada versión del libro.';
comment on column codigos.libro_id is 'Versión del libro.';
comment on column codigos.faceta is 'Uno de: naturaleza, tipo, recurso.';
comment on column codigos.codigo is 'Código.';
comment on column codigos.nombre is 'Nombre en pantalla.';
comment on column codigos.orden is 'Orden en que se muestra.';
comment on column codigos.prioridad is 'Lugar en el desempate: entre dos que calzan, el menor.';
comment on column codigos.definicion is 'Qué abarca.';
comment on column codigos.incluir is 'Cuándo usarlo.';
comment on column codigos.excluir is 'Cuándo no usarlo, y cuál usar en su lugar.';
comment on column codigos.ejemplo is 'Un ejemplo inventado.';

create table codificadores (
    codificador_id varchar primary key,
    clase varchar not null check (clase in ('persona', 'regla', 'modelo')),
    descripcion varchar not null
);
comment on table codificadores is 'Quién codifica, con seudónimo.';
comment on column codificadores.codificador_id is 'Seudónimo.';
comment on column codificadores.clase is 'Uno de: persona, regla, modelo. No se mezclan en una misma cifra de acuerdo.';
comment on column codificadores.descripcion is 'Cómo trabajó.';

create table codificaciones (
    codificacion_id varchar primary key,
    enunciado_id varchar not null references enunciados (enunciado_id),
    libro_id varchar not null,
    faceta varchar not null,
    codigo varchar not null,
    codificador_id varchar not null references codificadores (codificador_id),
    fecha date not null,
    es_principal boolean not null,
    nota varchar,
    foreign key (libro_id, faceta, codigo) references codigos (libro_id, faceta, codigo),
    unique (enunciado_id, libro_id, faceta, codificador_id)
);
comment on table codificaciones is 'Un código puesto por alguien a un enunciado. El desacuerdo se conserva.';
comment on column codificaciones.codificacion_id is 'Clave de la codificación.';
comment on column codificaciones.enunciado_id is 'Enunciado codificado.';
comment on column codificaciones.libro_id is 'Versión del libro.';
comment on column codificaciones.faceta is 'Faceta que se codifica.';
comment on column codificaciones.codigo is 'Código asignado.';
comment on column codificaciones.codificador_id is 'Quién lo asignó.';
comment on column codificaciones.fecha is 'Cuándo.';
comment on column codificaciones.es_principal is 'true en la que se cuenta: la única lectura, o la adjudicada.';
comment on column codificaciones.nota is 'Razón, si quien codifica la dio.';

create table instrumentos (
    instrumento_id varchar primary key,
    nombre varchar not null unique,
    estado varchar not null check (estado in ('existente', 'propuesto'))
);
comment on table instrumentos is 'Instrumentos de política que los enunciados mencionan.';
comment on column instrumentos.instrumento_id is 'Clave del instrumento.';
comment on column instrumentos.nombre is 'Nombre.';
comment on column instrumentos.estado is 'Uno de: existente, propuesto (solo pedido por las mesas).';

create table enunciados_instrumentos (
    enunciado_id varchar not null references enunciados (enunciado_id),
    instrumento_id varchar not null references instrumentos (instrumento_id),
    codificador_id varchar not null references codificadores (codificador_id),
    fecha date not null,
    es_principal boolean not null,
    primary key (enunciado_id, instrumento_id, codificador_id)
);
comment on table enunciados_instrumentos is 'De qué instrumentos trata un enunciado, según quién.';
comment on column enunciados_instrumentos.enunciado_id is 'Enunciado.';
comment on column enunciados_instrumentos.instrumento_id is 'Instrumento.';
comment on column enunciados_instrumentos.codificador_id is 'Quién lo asignó.';
comment on column enunciados_instrumentos.fecha is 'Cuándo.';
comment on column enunciados_instrumentos.es_principal is 'true en la asignación que se cuenta.';
